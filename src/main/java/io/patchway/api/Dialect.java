package io.patchway.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** One HTTP API of several that share a port: Patchway's own, or one that speaks as another product does. */
public interface Dialect {
    /** Adds its paths, with the sign-in that they need. */
    void addTo(RoutesConfig routes);

    /**
     * Answers a call to one of its paths that failed unexpectedly. The log has the error under an id.
     *
     * @return false when it has no words of its own for that, or the path is another's
     */
    default boolean answerFailure(Context context, Exception error, String id) {
        return false;
    }
}
