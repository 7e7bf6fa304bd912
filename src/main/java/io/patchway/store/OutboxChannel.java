package io.patchway.store;

/** Through which channel an entry of the outbox leaves. */
enum OutboxChannel {
    MAIL,
    WEBHOOK;

    /** The receiver of every mail: the recipients that the request names. */
    static final String RECIPIENTS = "recipients";
}
