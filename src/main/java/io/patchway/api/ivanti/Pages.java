package io.patchway.api.ivanti;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Pages of lists that are at hand as a whole. */
public final class Pages {
    private static final int USUAL_COUNT = 10;

    private Pages() {}

    /**
     * What a list of named things is asked for.
     *
     * @param name whole name, in any letter case
     * @param path whole path, in any letter case
     * @param creator who made it
     */
    public record Wanted(Optional<String> name, Optional<String> path, Optional<String> creator) {
        public boolean isNamed(String itsName, String itsPath, String itsCreator) {
            return name.filter(wanted -> !wanted.equalsIgnoreCase(itsName)).isEmpty()
                    && path.filter(wanted -> !wanted.equalsIgnoreCase(itsPath)).isEmpty()
                    && creator.filter(wanted -> !wanted.equalsIgnoreCase(itsCreator))
                            .isEmpty();
        }
    }

    /** Reads {@code name}, {@code path} and {@code createdByMe}. */
    public static Wanted named(IvantiCall call) {
        Query query = call.query();
        return new Wanted(
                query.text("name"),
                query.text("path"),
                query.truth("createdByMe")
                        .filter(mine -> mine)
                        .map(mine -> call.user().name()));
    }

    /** A page whose {@code start} is the index of its first row. */
    public static <T> Envelope<Object> byIndex(IvantiCall call, String path, List<T> all, Function<T, ?> model) {
        int count = call.query().count(USUAL_COUNT);
        int start = call.query().start();
        List<T> rest = all.subList(Math.min(start, all.size()), all.size());
        List<Object> rows = rest.stream().limit(count).<Object>map(model).toList();
        Optional<Integer> next = rest.size() > count ? Optional.of(start + count) : Optional.empty();
        return Envelope.page(call, path, count, next, rows);
    }

    /** A page whose {@code start} is the lowest number to show. */
    public static <T> Envelope<Object> byNumber(
            IvantiCall call, String path, List<T> all, ToIntFunction<T> number, Function<T, ?> model) {
        return byNumber(call, path, USUAL_COUNT, all, number, model);
    }

    /** @param usualCount rows when the call does not say how many */
    public static <T> Envelope<Object> byNumber(
            IvantiCall call, String path, int usualCount, List<T> all, ToIntFunction<T> number, Function<T, ?> model) {
        int count = call.query().count(usualCount);
        int start = call.query().start();
        List<T> rest =
                all.stream().filter(row -> number.applyAsInt(row) >= start).toList();
        List<T> page = rest.subList(0, Math.min(count, rest.size()));
        Optional<Integer> next =
                rest.size() > count ? Optional.of(number.applyAsInt(page.get(page.size() - 1)) + 1) : Optional.empty();
        return Envelope.page(
                call, path, count, next, page.stream().<Object>map(model).toList());
    }
}
