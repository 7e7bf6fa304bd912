package io.patchway.api;

import io.javalin.config.RoutesConfig;

/** One HTTP API of several that share a port: Patchway's own, or one that speaks as another product does. */
public interface Dialect {
    /** Adds its paths, with the sign-in that they need. */
    void addTo(RoutesConfig routes);
}
