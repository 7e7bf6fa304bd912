package io.patchway.api.ivanti;

import io.patchway.access.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The paths behind the base path. Letter case and a slash at the end do not matter. A segment in braces takes any text;
 * where a path with a fixed word fits as well, that one is meant.
 */
public final class IvantiRoutes {
    private final List<Route> routes = new ArrayList<>();

    /** What answers a call. */
    public interface Handler {
        /** @throws IvantiRefusal when the call cannot be answered */
        void handle(IvantiCall call);
    }

    private record Route(String method, List<String> segments, Role least, Handler handler) {
        Optional<Map<String, String>> match(List<String> given) {
            if (given.size() != segments.size()) {
                return Optional.empty();
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < given.size(); i++) {
                String segment = segments.get(i);
                if (isPlaceholder(segment)) {
                    values.put(segment.substring(1, segment.length() - 1), given.get(i));
                } else if (!segment.equalsIgnoreCase(given.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(values);
        }

        private static boolean isPlaceholder(String segment) {
            return segment.startsWith("{");
        }

        long fixedWords() {
            return segments.stream().filter(segment -> !isPlaceholder(segment)).count();
        }
    }

    /** A route that fits a call, and what stands in place of its placeholders. */
    record Match(Role least, Handler handler, Map<String, String> values) {}

    /**
     * Adds a path.
     *
     * @param path such as {@code patch/scans/{scan}/machines}
     * @param least the role that it takes
     */
    public IvantiRoutes add(String method, String path, Role least, Handler handler) {
        routes.add(new Route(method, segments(path), least, handler));
        return this;
    }

    public IvantiRoutes get(String path, Handler handler) {
        return add("GET", path, Role.VIEWER, handler);
    }

    /**
     * The route of a call.
     *
     * @param path what follows the base path
     * @throws IvantiRefusal 404 or 405
     */
    Match find(String method, String path) {
        List<String> given = segments(path);
        Route best = null;
        TreeSet<String> methods = new TreeSet<>();
        for (Route route : routes) {
            if (route.match(given).isPresent()) {
                methods.add(route.method());
                boolean closer = best == null || route.fixedWords() > best.fixedWords();
                best = route.method().equals(method) && closer ? route : best;
            }
        }
        if (best != null) {
            return new Match(best.least(), best.handler(), best.match(given).orElseThrow());
        }
        throw methods.isEmpty()
                ? new IvantiRefusal(404, "No resource was found at '" + path + "'.")
                : new IvantiRefusal(405, "The resource takes " + String.join(", ", methods) + ", not " + method + ".");
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(List.of(path.split("/")));
        segments.removeIf(String::isEmpty);
        return segments;
    }
}
