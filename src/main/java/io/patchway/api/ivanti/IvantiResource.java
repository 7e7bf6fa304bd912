package io.patchway.api.ivanti;

/** The calls of one group of paths. */
public interface IvantiResource {
    /** Adds its paths; whoever calls them has signed in by then. */
    void addTo(IvantiRoutes routes);
}
