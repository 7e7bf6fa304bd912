package io.patchway.run;

import java.util.List;

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
     * @param hooks those that ran with it
     */
    record Ended(int exitCode, Meaning meaning, String logTail, List<HookResult> hooks) implements InstallProgress {
        public Ended {
            hooks = List.copyOf(hooks);
        }

        /** Without hooks. */
        public Ended(int exitCode, Meaning meaning, String logTail) {
            this(exitCode, meaning, logTail, List.of());
        }
    }

    /**
     * Started, but gone without leaving an exit code: the host lost power, or somebody killed it.
     *
     * @param logTail the last lines of its log
     * @param hooks those that were begun
     */
    record Interrupted(String logTail, List<HookResult> hooks) implements InstallProgress {
        public Interrupted {
            hooks = List.copyOf(hooks);
        }
    }

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
