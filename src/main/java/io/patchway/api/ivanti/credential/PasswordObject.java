package io.patchway.api.ivanti.credential;

import io.patchway.access.PasswordKey;
import io.patchway.access.PasswordKey.Sealed;
import io.patchway.api.ivanti.Body;
import io.patchway.api.ivanti.IvantiRefusal;
import java.util.List;
import java.util.Optional;

/** Reads passwords as Security Controls takes them: in the clear, or sealed under a session key. */
final class PasswordObject {
    private static final List<String> MODES = List.of("None", "SessionKey", "LocalDPApi");
    private static final String ALGORITHM = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
    private static final String UNREADABLE = "The password could not be opened with the key of this console. Read"
            + " configuration/certificate again, and seal it as AES-128-CBC over UTF-16LE under a key wrapped by"
            + " RSA-OAEP with SHA-1.";
    private static final int MOST_CIPHER_BYTES = 4096;
    private static final int MOST_KEY_BYTES = 1024;
    private static final int IV_BYTES = 16;
    private static final int LONGEST_PASSWORD = 1000;

    private final PasswordKey key;

    PasswordObject(PasswordKey key) {
        this.key = key;
    }

    /** @throws IvantiRefusal 400; whatever cannot be decrypted is refused with the same words */
    String read(Body body) {
        String mode = body.word("protectionMode", MODES).orElse("None");
        return switch (mode) {
            case "None" -> clear(body);
            case "SessionKey" -> sealed(body);
            default ->
                throw IvantiRefusal.of(
                        "protectionMode",
                        "must be None or SessionKey: what LocalDPApi protects, only the machine can read that did it");
        };
    }

    private static String clear(Body body) {
        return body.exactText("clearText")
                .filter(text -> text.length() <= LONGEST_PASSWORD)
                .orElseThrow(() ->
                        IvantiRefusal.of("clearText", "is required and has 1 to " + LONGEST_PASSWORD + " characters"));
    }

    private String sealed(Body body) {
        byte[] cipherText = body.bytes("cipherText", MOST_CIPHER_BYTES)
                .orElseThrow(() -> IvantiRefusal.of("cipherText", "is required when protectionMode is SessionKey"));
        Body session = body.object("sessionKey")
                .orElseThrow(() -> IvantiRefusal.of("sessionKey", "is required when protectionMode is SessionKey"));
        if (session.text("algorithmIdentifier")
                .filter(given -> !given.equalsIgnoreCase(ALGORITHM))
                .isPresent()) {
            throw IvantiRefusal.of("sessionKey.algorithmIdentifier", "must be " + ALGORITHM);
        }
        byte[] encryptedKey = base64(session, "encryptedKey", MOST_KEY_BYTES);
        byte[] iv = base64(session, "iv", IV_BYTES);
        return key.open(new Sealed(cipherText, encryptedKey, iv)).orElseThrow(() -> new IvantiRefusal(400, UNREADABLE));
    }

    private static byte[] base64(Body session, String name, int most) {
        return session.bytes(name, most)
                .orElseThrow(() -> IvantiRefusal.of("sessionKey." + name, "is required and must be Base64"));
    }

    /** The password in an object of a body, if there is one. */
    Optional<String> within(Body body) {
        return body.object("password").map(this::read);
    }
}
