package io.patchway.access;

import java.security.SecureRandom;
import java.util.HexFormat;

/** What ties tokens to the state of their user; another one ends them all. */
final class UserStamp {
    private static final int BYTES = 8;

    private UserStamp() {}

    /** 16 hexadecimal digits. */
    static String fresh(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
