package io.patchway.run;

import io.patchway.server.ConnectionSettings.Http;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Another site that patches servers for us: a Patchway, or whatever else speaks the API of CenturyLink Cloud with its
 * patch history. Each call is one question or one order. What the site says is never trusted to be short or
 * well-formed; what makes no sense is a {@link ServerFault}.
 */
public interface RemoteSite {

    /**
     * Whether an order could be given: signs in, and looks for the server and its patch history.
     *
     * @throws ServerFault when the site does not answer, does not let us in, or does not know the server
     */
    Ready prepare(Http server);

    /**
     * Orders the package to be executed. An order may arrive although no answer comes back; sent once more, a site that
     * is {@link Ready#repeatable} takes it for the same.
     *
     * @param operation the identity of the order
     */
    Answer handOver(Http server, UUID scriptPackage, OperationId operation);

    /**
     * How an operation is getting on.
     *
     * @throws ServerFault when the site does not answer
     */
    Progress progress(Http server, String operation);

    /**
     * What was executed on the server, the newest first.
     *
     * @throws ServerFault when the site does not answer
     */
    List<Execution> history(Http server);

    /**
     * What one execution did.
     *
     * @param execution the id that its history tells
     * @throws ServerFault when the site does not answer
     */
    Detail detail(Http server, String execution);

    /**
     * A site that would take an order.
     *
     * @param newestExecution id of the newest execution in the server's history; empty when there is none
     * @param repeatable whether the site promises that an order with the identity of an earlier one is that order
     */
    record Ready(Optional<String> newestExecution, boolean repeatable) {}

    /** What became of an order; the texts are for people. */
    sealed interface Answer {
        /** Accepted, under this name. */
        record Accepted(String operation) implements Answer {}

        /** The site cannot take it now: the server is busy, or not in a state for it. */
        record Busy(String reason) implements Answer {}

        /** The site does not take such an order. */
        record Rejected(String reason) implements Answer {}

        /** It surely did not arrive. */
        record NotSent(String reason) implements Answer {}

        /** Nobody knows whether it arrived. */
        record Lost(String reason) implements Answer {}
    }

    /** How an operation is getting on. */
    sealed interface Progress {
        /**
         * Not ended, as far as can be told.
         *
         * @param word what the site calls that
         * @param known false for a word that the API does not have
         */
        record Working(String word, boolean known) implements Progress {}

        /** The site says that it ended. */
        record Ended(End how) implements Progress {}

        /** The site does not know the operation. */
        record Gone() implements Progress {}
    }

    /** How a site says that an operation ended. */
    enum End {
        SUCCEEDED,
        FAILED,
        /** The site does not know either. */
        UNKNOWN
    }

    /** Where an execution stands in the history. */
    enum Stage {
        RUNNING,
        COMPLETED,
        FAILED
    }

    /**
     * One execution in a server's history.
     *
     * @param attempts the newest first
     */
    record Execution(String id, Stage stage, List<Attempt> attempts) {
        public Execution {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * One look for patches, and the installation of what was found.
     *
     * @param end empty while it is at work
     * @param endMessage empty while it is at work
     */
    record Attempt(Optional<Instant> start, Optional<Instant> end, String beginMessage, String endMessage) {}

    /**
     * What one execution did.
     *
     * @param endMessage for people; empty while it is at work
     */
    record Detail(Stage stage, String endMessage, List<InstalledPatch> patches) {
        public Detail {
            patches = List.copyOf(patches);
        }
    }

    /**
     * One patch that an execution installed, or tried to.
     *
     * @param title what it is called there, such as {@code Update for Windows Server 2012 R2 (KB3084905)}
     * @param resultCode as the Windows Update Agent counts: 0 not started, 1 in progress, 2 succeeded, 3 succeeded with
     *     errors, 4 failed, 5 aborted; empty when none was told
     */
    record InstalledPatch(Optional<Instant> end, String title, OptionalInt resultCode) {}
}
