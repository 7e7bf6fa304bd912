package io.patchway.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The identity of a request's content and sender, short enough for a key. */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * SHA-256 over texts, told apart by their lengths.
     *
     * @return 64 hexadecimal digits
     */
    public static String of(String... parts) {
        byte[][] bytes = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = parts[i].getBytes(StandardCharsets.UTF_8);
        }
        return of(bytes);
    }

    /**
     * SHA-256 over a sender and the content as it was sent.
     *
     * @return 64 hexadecimal digits
     */
    public static String of(String sender, byte[] content) {
        return of(sender.getBytes(StandardCharsets.UTF_8), content);
    }

    private static String of(byte[]... parts) {
        MessageDigest digest = sha256();
        for (byte[] part : parts) {
            digest.update((part.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(part);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
