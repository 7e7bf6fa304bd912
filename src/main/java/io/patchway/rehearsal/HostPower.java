package io.patchway.rehearsal;

/** What lets a simulated host go down. */
interface HostPower {
    /** It goes down soon, and comes up again. */
    void rebootSoon();

    /** It goes down soon, and stays down. */
    void shutDownSoon();
}
