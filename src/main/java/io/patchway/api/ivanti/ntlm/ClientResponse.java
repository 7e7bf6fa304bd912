package io.patchway.api.ivanti.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The client's last message (MS-NLMP 2.2.1.3), with a response of version 2.
 *
 * @param user as it was written
 * @param domain as it was written; Patchway has none, but the response is computed over it
 * @param proof the first 16 bytes of the response
 * @param blob the rest of it: time, nonce of the client, what the server had said of itself
 * @param mic what signs all three messages; empty when the client did not sign them
 */
record ClientResponse(
        String user,
        String domain,
        byte[] proof,
        byte[] blob,
        int flags,
        byte[] encryptedSessionKey,
        Optional<byte[]> mic,
        byte[] bytes) {
    static final int MIC_AT = 72;
    static final int MIC_BYTES = 16;

    private static final int TYPE = 3;
    private static final int LM_AT = 12;
    private static final int NT_AT = 20;
    private static final int DOMAIN_AT = 28;
    private static final int USER_AT = 36;
    private static final int WORKSTATION_AT = 44;
    private static final int SESSION_KEY_AT = 52;
    private static final int FLAGS_AT = 60;
    private static final int HEADER = 64;
    private static final int PROOF_BYTES = 16;
    private static final int VERSION_1_BYTES = 24;
    private static final int PAIRS_AT = 28;
    private static final int MIC_FLAG = 0x2;
    private static final int LONGEST_NAME = 256;

    /** @throws BadNtlmException when it is no such message, or its response is of version 1, or there is none */
    static ClientResponse of(NtlmBytes message) throws BadNtlmException {
        if (message.type() != TYPE) {
            throw new BadNtlmException("the message is not the last one of NTLM");
        }
        int flags = message.number(FLAGS_AT);
        if (!Flags.has(flags, Flags.UNICODE)) {
            throw new BadNtlmException("the client knows no Unicode");
        }
        message.field(LM_AT, HEADER);
        message.field(WORKSTATION_AT, HEADER);
        String user = name(message.field(USER_AT, HEADER));
        byte[] response = message.field(NT_AT, HEADER);
        if (Flags.has(flags, Flags.ANONYMOUS) || user.isEmpty() || response.length == 0) {
            throw new BadNtlmException("nobody signs in anonymously, or by LM");
        }
        if (response.length == VERSION_1_BYTES) {
            throw new BadNtlmException("NTLM of version 1 is refused");
        }
        byte[] proof = Arrays.copyOf(response, PROOF_BYTES);
        byte[] blob = Arrays.copyOfRange(response, Math.min(PROOF_BYTES, response.length), response.length);
        return new ClientResponse(
                user,
                name(message.field(DOMAIN_AT, HEADER)),
                proof,
                blob,
                flags,
                message.field(SESSION_KEY_AT, HEADER),
                saysMic(blob) ? Optional.of(mic(message)) : Optional.empty(),
                message.whole());
    }

    private static byte[] mic(NtlmBytes message) throws BadNtlmException {
        if (message.length() < MIC_AT + MIC_BYTES) {
            throw new BadNtlmException("the message has no room for the signature that it says it has");
        }
        return Arrays.copyOfRange(message.whole(), MIC_AT, MIC_AT + MIC_BYTES);
    }

    private static String name(byte[] bytes) throws BadNtlmException {
        if (bytes.length % 2 != 0 || bytes.length > LONGEST_NAME * 2) {
            throw new BadNtlmException("a name in the message is too long, or no text");
        }
        return new String(bytes, StandardCharsets.UTF_16LE);
    }

    /** Walks the pairs in the blob to their end; the flags among them tell of the signature. */
    private static boolean saysMic(byte[] blob) throws BadNtlmException {
        if (blob.length < PAIRS_AT + Integer.BYTES || blob[0] != 1 || blob[1] != 1) {
            throw new BadNtlmException("the response is not of version 2");
        }
        ByteBuffer pairs = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN).position(PAIRS_AT);
        boolean mic = false;
        while (pairs.remaining() >= 2 * Short.BYTES) {
            int id = Short.toUnsignedInt(pairs.getShort());
            int length = Short.toUnsignedInt(pairs.getShort());
            if (length > pairs.remaining()) {
                break;
            }
            if (id == Challenge.AV_END) {
                return mic;
            }
            if (id == Challenge.AV_FLAGS && length == Integer.BYTES) {
                mic = (pairs.getInt(pairs.position()) & MIC_FLAG) != 0;
            }
            pairs.position(pairs.position() + length);
        }
        throw new BadNtlmException("what the response says of the server does not end where it should");
    }
}
