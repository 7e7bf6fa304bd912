package io.patchway.access;

/** What somebody may do; each role may also do what the ones before it may. */
public enum Role {
    /** May look at everything. */
    VIEWER,
    /** May also start and stop scans, installs and commands. */
    OPERATOR,
    /** May also change baselines, maintenance windows, tags, access keys and users. */
    ADMINISTRATOR;

    /** Whether this role is enough where {@code least} is asked for. */
    public boolean covers(Role least) {
        return compareTo(least) >= 0;
    }
}
