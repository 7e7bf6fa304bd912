package io.patchway.audit;

/** Takes down what an auditor may ask for. Thread-safe. */
public interface AuditLog {
    /** The actor of what Patchway does by itself. */
    String PATCHWAY = "patchway";

    /**
     * Records one event, in a transaction of its own: it has been committed when this returns. An event that goes with
     * a change of the ledger is recorded by the store, in the transaction of that change. Texts are shortened to what
     * fits (detail: 4,000 characters) and lose their control characters.
     *
     * @param actor who did it, such as the requester of a request, {@code api 192.0.2.7} or {@link #PATCHWAY}
     * @param action what was done, as noun and participle: {@code request.paused}
     * @param subject what it was done to: {@code request 0199…}, {@code file config/servers.yaml}
     * @param detail everything else that is worth knowing, for people; may be empty
     */
    void record(String actor, String action, String subject, String detail);
}
