package io.patchway.run;

/** Is told of every committed step of a server run. */
@FunctionalInterface
public interface RunWatcher {

    /** @param run the run as it stood before the step */
    void moved(ServerRun run, Transition transition);
}
