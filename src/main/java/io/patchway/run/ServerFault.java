package io.patchway.run;

import java.util.Arrays;
import java.util.Optional;

/** A server could not be worked on. The message is for the operator: what went wrong, where, and what to do. */
public final class ServerFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public ServerFault(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ServerFault(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What kind of trouble it is, and so whether asking again can help. */
    public enum Kind {
        /** No connection, connection lost, or a deadline passed; it may come back. */
        UNREACHABLE(true),
        /** Answers, but refuses the login; normal while a host boots. */
        LOGIN_REFUSED(true),
        /** The host key is not the known one; never retried. */
        HOST_KEY_CHANGED(false),
        /** No known key for this host; never retried. */
        HOST_KEY_UNKNOWN(false),
        /** {@code sudo -n} was refused. */
        NOT_PERMITTED(false),
        /** Operating system or package manager that we do not serve. */
        UNSUPPORTED(false),
        /** Another package manager holds the lock. */
        LOCKED(true),
        NO_SPACE(false),
        /** A repository is down or its metadata is stale. */
        METADATA(true),
        /** The answer could not be understood. */
        BAD_ANSWER(true),
        /** A configured file (key, passphrase, known hosts) is missing or unusable. */
        CONFIGURATION(false),
        /** A mistake of Patchway itself; the log has the details. */
        INTERNAL(true);

        private static final String SEPARATOR = ": ";

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** What a verdict says that trouble of this kind brought about. */
        public String verdict(String message) {
            return name() + SEPARATOR + message;
        }

        /** The kind of trouble that brought a verdict about, from what {@link #verdict} made of it. */
        public static Optional<Kind> ofVerdict(String text) {
            return Arrays.stream(values())
                    .filter(kind -> text.startsWith(kind + SEPARATOR))
                    .findFirst();
        }

        /** Whether asking again later can help. */
        public boolean passing() {
            return passing;
        }
    }
}
