package io.patchway.mail;

import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * What became of a mail that could not be handed over, or not to everybody.
 *
 * @param delivered recipients who have it all the same
 * @param refused recipients whom the mail server will never accept
 * @param waiting whether somebody may still get it at a later attempt
 * @param reason for people
 */
record Refusal(Set<String> delivered, Set<String> refused, boolean waiting, String reason) {
    /** Replies that speak of our sign-in or encryption; the operator can mend that, so the mail waits. */
    private static final Set<Integer> SIGN_IN_REPLIES = Set.of(530, 534, 535, 538);

    private static final int FIRST_PERMANENT_REPLY = 500;

    static Refusal of(Exception failure) {
        SendFailedException sending = chain(failure)
                .filter(SendFailedException.class::isInstance)
                .map(SendFailedException.class::cast)
                .findFirst()
                .orElse(null);
        if (sending == null || chain(failure).anyMatch(Refusal::isSignInTrouble)) {
            return new Refusal(Set.of(), Set.of(), true, reason(failure));
        }
        Set<String> delivered = addresses(sending.getValidSentAddresses());
        Set<String> refused = addresses(sending.getInvalidAddresses());
        Set<String> unsent = addresses(sending.getValidUnsentAddresses());
        if (isRefusedAltogether(sending)) {
            refused.addAll(unsent);
            unsent = Set.of();
        }
        boolean unknown = delivered.isEmpty() && refused.isEmpty();
        return new Refusal(delivered, refused, unknown || !unsent.isEmpty(), reason(failure));
    }

    /** Everybody who needs no further attempt. */
    Set<String> settled() {
        Set<String> settled = new HashSet<>(delivered);
        settled.addAll(refused);
        return settled;
    }

    /** The sender or the text was refused for good, and with them every recipient. */
    private static boolean isRefusedAltogether(SendFailedException sending) {
        return sending instanceof SMTPSendFailedException reply && reply.getReturnCode() >= FIRST_PERMANENT_REPLY;
    }

    private static boolean isSignInTrouble(Throwable error) {
        return switch (error) {
            case SMTPSendFailedException reply -> SIGN_IN_REPLIES.contains(reply.getReturnCode());
            case SMTPAddressFailedException reply -> SIGN_IN_REPLIES.contains(reply.getReturnCode());
            default -> false;
        };
    }

    private static Set<String> addresses(Address[] addresses) {
        return Stream.ofNullable(addresses)
                .flatMap(Arrays::stream)
                .map(address -> address instanceof InternetAddress known ? known.getAddress() : address.toString())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static String reason(Exception failure) {
        Collection<String> messages = chain(failure)
                .map(error -> Objects.requireNonNullElse(
                        error.getMessage(), error.getClass().getSimpleName()))
                .map(message -> message.strip().replaceAll("\\s*[\\r\\n]+\\s*", " "))
                .distinct()
                .toList();
        return String.join("; ", messages);
    }

    /** The error and all that it carries; mail errors hang together in a chain of their own. */
    private static Stream<Throwable> chain(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause).limit(50);
    }
}
