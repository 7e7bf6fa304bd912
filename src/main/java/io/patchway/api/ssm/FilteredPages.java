package io.patchway.api.ssm;

import io.patchway.run.BadCursorException;
import io.patchway.run.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Pages of a long list of which only some entries are wanted. */
public final class FilteredPages {
    private FilteredPages() {}

    /**
     * The page behind a token.
     *
     * @param source gives the part of the list behind a cursor, so many entries at most
     * @param most entries on the page
     * @throws SsmException {@code InvalidNextToken}
     */
    public static <T> Paging.Cut<T> of(
            BiFunction<Optional<String>, Integer, Page<T>> source,
            Predicate<T> wanted,
            Optional<String> token,
            int most) {
        List<T> found = new ArrayList<>();
        Optional<String> cursor = Paging.position(token);
        try {
            do {
                Page<T> part = source.apply(cursor, most - found.size());
                part.entries().stream().filter(wanted).forEach(found::add);
                cursor = part.next();
            } while (found.size() < most && cursor.isPresent());
        } catch (BadCursorException e) {
            throw new SsmException("InvalidNextToken", "The specified token is not valid; start again without a token");
        }
        return new Paging.Cut<>(List.copyOf(found), cursor.map(Paging::token));
    }
}
