package io.patchway.api.ivanti.credential;

import io.patchway.access.PasswordKey.Sealed;
import io.patchway.api.ivanti.Body;
import io.patchway.api.ivanti.IvantiCall;
import io.patchway.api.ivanti.IvantiRefusal;
import java.util.List;
import java.util.Optional;

/** The form of passwords as Security Controls takes them: in the clear, or sealed under a session key. */
final class PasswordObject {
    private static final List<String> MODES = List.of("None", "SessionKey", "LocalDPApi");
    private static final String ALGORITHM = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
    private static final int MOST_CIPHER_BYTES = 4096;
    private static final int MOST_KEY_BYTES = 1024;
    private static final int IV_BYTES = 16;
    private static final int LONGEST_PASSWORD = 1000;

    /** What is given, still closed. */
    sealed interface Given {}

    /** A password in the clear. */
    record Clear(String password) implements Given {
        /** Without the password. */
        @Override
        public String toString() {
            return "a password";
        }
    }

    /** A sealed one, of which only the form was looked at. */
    record Closed(Sealed seal) implements Given {}

    private PasswordObject() {}

    /**
     * Reads the form, and opens nothing: who may learn what can be opened, could have it opened bit by bit.
     *
     * @param call that brings it
     * @throws IvantiRefusal 400, or 403 when a clear one came over a way where others could read it
     */
    static Given read(Body body, IvantiCall call) {
        String mode = body.word("protectionMode", MODES).orElse("None");
        return switch (mode) {
            case "None" -> {
                call.needsPrivateWay();
                yield new Clear(clear(body));
            }
            case "SessionKey" -> new Closed(closed(body));
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

    private static Sealed closed(Body body) {
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
        return new Sealed(cipherText, encryptedKey, iv);
    }

    private static byte[] base64(Body session, String name, int most) {
        return session.bytes(name, most)
                .orElseThrow(() -> IvantiRefusal.of("sessionKey." + name, "is required and must be Base64"));
    }

    /** The password in an object of a body, if there is one. */
    static Optional<Given> within(Body body, IvantiCall call) {
        return body.object("password").map(password -> read(password, call));
    }
}
