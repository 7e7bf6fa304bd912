package io.patchway.api.ivanti.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A message as it came; nothing outside of it is ever read. */
final class NtlmBytes {
    static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);

    private static final int TYPE_AT = 8;
    private static final int LARGEST = 8 * 1024;

    private final byte[] bytes;

    private NtlmBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads what stands behind the scheme in an {@code Authorization} header.
     *
     * @throws BadNtlmException when it is no message of NTLM
     */
    static NtlmBytes of(String base64) throws BadNtlmException {
        byte[] bytes;
        try {
            bytes = base64.length() > LARGEST
                    ? new byte[0]
                    : Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new BadNtlmException("the message is no Base64");
        }
        if (bytes.length < TYPE_AT + Integer.BYTES || !Arrays.equals(Arrays.copyOf(bytes, TYPE_AT), SIGNATURE)) {
            throw new BadNtlmException("what was sent is no raw NTLM message");
        }
        return new NtlmBytes(bytes);
    }

    /** 1 to 3 for messages that there are. */
    int type() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(TYPE_AT);
    }

    int length() {
        return bytes.length;
    }

    byte[] whole() {
        return bytes.clone();
    }

    int number(int at) throws BadNtlmException {
        if (at + Integer.BYTES > bytes.length) {
            throw new BadNtlmException("the message is too short");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    /**
     * The bytes that a field points to.
     *
     * @param at where the field is: length and capacity in 16 bits each, then the offset in 32
     * @param header size of the fixed part, where no content can be
     */
    byte[] field(int at, int header) throws BadNtlmException {
        if (at + 8 > bytes.length) {
            throw new BadNtlmException("the message is too short");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = Short.toUnsignedInt(buffer.getShort(at));
        long offset = Integer.toUnsignedLong(buffer.getInt(at + 4));
        if (length == 0) {
            return new byte[0];
        }
        if (offset < header || offset + length > bytes.length) {
            throw new BadNtlmException("a field points outside of the message");
        }
        return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
    }
}
