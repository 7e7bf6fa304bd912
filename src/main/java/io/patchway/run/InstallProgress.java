package io.patchway.run;

/** What a server says about an install that was started under an operation id. */
public sealed interface InstallProgress {

    /** Nothing was ever started under this id. */
    record NotStarted() implements InstallProgress {}

    /**
     * At work.
     *
     * @param logTail the last lines of its log, at most a few kilobytes
     */
    record Working(String logTail) implements InstallProgress {}

    /**
     * Ended by itself. The exit code is a hint; what is installed is told by the next scan.
     *
     * @param exitCode of the package manager
     * @param meaning what the exit code says for this package manager
     * @param logTail the last lines of its log, at most 64 KiB
     */
    record Ended(int exitCode, Meaning meaning, String logTail) implements InstallProgress {}

    /**
     * Started, but gone without leaving an exit code: the host lost power, or somebody killed it.
     *
     * @param logTail the last lines of its log
     */
    record Interrupted(String logTail) implements InstallProgress {}

    /** What an exit code of a package manager says. */
    enum Meaning {
        DONE,
        /** The package manager updated itself and wants to be run once more, without a reboot. */
        RUN_AGAIN,
        /** Another package manager held the lock. */
        LOCKED,
        NO_SPACE,
        FAILED
    }
}
