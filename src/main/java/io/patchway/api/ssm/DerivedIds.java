package io.patchway.api.ssm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids in the form of the service that always come out the same for the same thing. */
public final class DerivedIds {
    private static final int DIGITS = 17;

    private DerivedIds() {}

    /** 17 hexadecimal digits for a thing of some kind. */
    public static String hex17(String kind, String name) {
        return HexFormat.of().formatHex(sha256(kind, name)).substring(0, DIGITS);
    }

    /** 32 bytes for a thing of some kind. */
    static byte[] sha256(String kind, String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((kind + "\n" + name).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
