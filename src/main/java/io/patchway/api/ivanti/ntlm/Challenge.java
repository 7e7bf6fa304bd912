package io.patchway.api.ivanti.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;

/**
 * The server's message (MS-NLMP 2.2.1.2), and what it answers.
 *
 * @param nonce 8 random bytes, good for one answer
 * @param bytes the message
 */
record Challenge(Negotiation negotiation, byte[] nonce, byte[] bytes) {
    static final int AV_END = 0;
    static final int AV_COMPUTER = 1;
    static final int AV_DOMAIN = 2;
    static final int AV_DNS_COMPUTER = 3;
    static final int AV_DNS_DOMAIN = 4;
    static final int AV_FLAGS = 6;
    static final int AV_TIME = 7;

    private static final int HEADER = 56;
    private static final int TYPE = 2;
    private static final int LONGEST_NAME = 15;

    /** Windows counts 100 ns from here. */
    private static final Instant WINDOWS_EPOCH = Instant.parse("1601-01-01T00:00:00Z");

    /**
     * A challenge to a client.
     *
     * @param name what this server is called
     */
    static Challenge of(Negotiation negotiation, byte[] nonce, String name, Instant now) {
        byte[] target = text(shortName(name));
        ByteBuffer info = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        pair(info, AV_DOMAIN, target);
        pair(info, AV_COMPUTER, target);
        byte[] longName = text(name.substring(0, Math.min(name.length(), 100)).toLowerCase(Locale.ROOT));
        pair(info, AV_DNS_DOMAIN, longName);
        pair(info, AV_DNS_COMPUTER, longName);
        info.putShort((short) AV_TIME).putShort((short) Long.BYTES).putLong(windowsTime(now));
        pair(info, AV_END, new byte[0]);
        info.flip();
        ByteBuffer message = ByteBuffer.allocate(HEADER + target.length + info.limit())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(NtlmBytes.SIGNATURE)
                .putInt(TYPE);
        pointer(message, target.length, HEADER);
        message.putInt(Flags.answer(negotiation.flags())).put(nonce).putLong(0);
        pointer(message, info.limit(), HEADER + target.length);
        message.putLong(0).put(target).put(info);
        return new Challenge(negotiation, nonce.clone(), message.array());
    }

    String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** As the names of computers are in NetBIOS. */
    private static String shortName(String name) {
        String first = name.replaceFirst("\\..*", "");
        return first.substring(0, Math.min(first.length(), LONGEST_NAME)).toUpperCase(Locale.ROOT);
    }

    private static long windowsTime(Instant now) {
        Duration since = Duration.between(WINDOWS_EPOCH, now);
        return since.toSeconds() * 10_000_000L + since.toNanosPart() / 100;
    }

    private static void pair(ByteBuffer info, int id, byte[] value) {
        info.putShort((short) id).putShort((short) value.length).put(value);
    }

    private static void pointer(ByteBuffer message, int length, int offset) {
        message.putShort((short) length).putShort((short) length).putInt(offset);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }
}
