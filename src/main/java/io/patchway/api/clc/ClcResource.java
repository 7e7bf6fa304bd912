package io.patchway.api.clc;

import io.javalin.config.RoutesConfig;

/** The calls of one group of paths of CenturyLink Cloud's API. */
public interface ClcResource {
    /** Adds its paths, below {@code /v2} or {@code /rest/servers}; who calls them has signed in by then. */
    void addTo(RoutesConfig routes);
}
