package io.patchway.api.web;

import io.javalin.config.RoutesConfig;

/** The calls of one group of paths. */
public interface Resource {
    /** Adds its paths, all below {@code /api}. */
    void addTo(RoutesConfig routes);
}
