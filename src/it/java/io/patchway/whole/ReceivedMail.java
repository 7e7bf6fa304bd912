package io.patchway.whole;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A mail that the mail server has taken, in the order of arrival. */
record ReceivedMail(String messageId) {

    static List<ReceivedMail> all(GreenMail server) {
        return new ArrayList<>(Arrays.asList(server.getReceivedMessages()))
                .stream()
                        .map(message -> {
                            try {
                                return new ReceivedMail(message.getMessageID());
                            } catch (MessagingException e) {
                                throw new IllegalStateException("a mail without a Message-ID", e);
                            }
                        })
                        .toList();
    }

    boolean isVerdict() {
        return messageId.contains(".verdict@");
    }

    boolean isOf(String request) {
        return messageId.startsWith("<" + request + ".");
    }
}
