package io.patchway.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.List;

/**
 * A mail that keeps its Message-ID however often it is saved, and that goes only to the recipients who still wait for
 * it, although its head names them all.
 */
public final class OutgoingMessage extends MimeMessage {
    private final String messageId;
    private final List<InternetAddress> waiting;

    OutgoingMessage(Session session, String messageId, List<InternetAddress> waiting) {
        super(session);
        this.messageId = messageId;
        this.waiting = List.copyOf(waiting);
    }

    /** Whether there is anybody to send it to. */
    public boolean isAddressed() {
        return !waiting.isEmpty();
    }

    @Override
    public Address[] getAllRecipients() {
        return waiting.toArray(Address[]::new);
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }
}
