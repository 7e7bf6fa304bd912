package io.patchway.api.ivanti;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** GUIDs: any letter case in, with or without braces; lower case out. */
public final class Guids {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final UUID NAMESPACE = UUID.fromString("2f1a6a0e-7d7b-5c3e-9a3f-5f0b7c1d9e42");

    private Guids() {}

    public static Optional<UUID> read(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT).replaceAll("^\\{(.*)}$", "$1");
        return FORM.matcher(plain).matches() ? Optional.of(UUID.fromString(plain)) : Optional.empty();
    }

    /** The GUID that always belongs to this text (RFC 9562, version 5). */
    public static UUID named(String text) {
        ByteBuffer space = ByteBuffer.allocate(16)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits());
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
        digest.update(space.array());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        long high = hash.getLong() & 0xffff_ffff_ffff_0fffL | 0x5000L;
        long low = hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
