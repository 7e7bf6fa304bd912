package io.patchway.maintenance;

/**
 * Something about one server that calls for a person, outside the mails that every request is promised. Each is a line
 * in the log of Patchway and an entry in the audit log.
 */
public enum Alert {
    /** It did not return from a reboot in time, and now is back. Also a mail and a webhook event. */
    RETURNED_LATE(true),
    /** It did not return from a reboot, and nobody looks for it any more. */
    NOT_RETURNED(true),
    /** A run that entered maintenance mode did not succeed; also in the mail and the webhook event of the verdict. */
    LEFT_IN_MAINTENANCE(false),
    /** Nobody ended its maintenance mode in time. */
    MAINTENANCE_EXPIRED(false);

    /** What the audit log calls an alert. */
    public static final String RAISED = "alert.raised";

    /** What the audit log calls one that nobody was told, because a user had put the server into maintenance mode. */
    public static final String SILENCED = "alert.silenced";

    private final boolean silenceable;

    Alert(boolean silenceable) {
        this.silenceable = silenceable;
    }

    /** Whether a user's own maintenance mode keeps it from being told. One about maintenance mode itself is told. */
    public boolean isSilenceable() {
        return silenceable;
    }
}
