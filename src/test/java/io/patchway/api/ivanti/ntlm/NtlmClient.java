package io.patchway.api.ivanti.ntlm;

import io.patchway.access.NtHashes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of NTLM, version 2, as the tests want it. */
public record NtlmClient(String user, String domain, String password, boolean signs) {
    private static final int HEADER = 88;
    private static final int FLAGS = Flags.UNICODE | Flags.NTLM | Flags.TARGET_INFO | Flags.EXTENDED_SESSION_SECURITY;
    private static final byte[] NONCE = new byte[] {1, 2, 3, 4, 5, 6, 7, 8};
    private static final byte[] SESSION_KEY = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);

    /** The first message, in Base64. */
    public static String negotiate() {
        byte[] message = ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(NtlmBytes.SIGNATURE)
                .putInt(1)
                .putInt(FLAGS | Flags.KEY_EXCHANGE | Flags.KEY_128)
                .array();
        return Base64.getEncoder().encodeToString(message);
    }

    /** The answer to a challenge, both in Base64. */
    public String answer(String challenge) {
        return Base64.getEncoder().encodeToString(message(Base64.getDecoder().decode(challenge)));
    }

    private byte[] message(byte[] challenge) {
        byte[] blob = blob(challenge);
        byte[] key = NtlmV2.responseKey(NtHashes.of(password), user, domain);
        byte[] proof = NtlmV2.proof(key, Arrays.copyOfRange(challenge, 24, 32), blob);
        byte[] response = joined(proof, blob);
        byte[] baseKey = NtlmV2.hmac(key, proof);
        byte[] message = message(response, rc4(baseKey));
        if (signs) {
            byte[] mic = NtlmV2.hmac(SESSION_KEY, Base64.getDecoder().decode(negotiate()), challenge, message);
            System.arraycopy(mic, 0, message, ClientResponse.MIC_AT, mic.length);
        }
        return message;
    }

    private byte[] message(byte[] response, byte[] sessionKey) {
        byte[] userText = text(user);
        byte[] domainText = text(domain);
        int length = HEADER + userText.length + domainText.length + response.length + sessionKey.length;
        ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        message.put(NtlmBytes.SIGNATURE).putInt(3);
        int at = HEADER;
        pointer(message, 0, HEADER);
        int userAt = at + domainText.length;
        int responseAt = userAt + userText.length;
        pointer(message, response.length, responseAt);
        pointer(message, domainText.length, at);
        pointer(message, userText.length, userAt);
        pointer(message, 0, HEADER);
        pointer(message, sessionKey.length, responseAt + response.length);
        message.putInt(FLAGS | Flags.KEY_EXCHANGE).position(HEADER);
        return message.put(domainText)
                .put(userText)
                .put(response)
                .put(sessionKey)
                .array();
    }

    /** With all that the server said of itself, and before it that there is a signature. */
    private byte[] blob(byte[] challenge) {
        ByteBuffer read = ByteBuffer.wrap(challenge).order(ByteOrder.LITTLE_ENDIAN);
        int offset = read.getInt(44);
        byte[] info = Arrays.copyOfRange(challenge, offset, offset + Short.toUnsignedInt(read.getShort(40)));
        ByteBuffer blob = ByteBuffer.allocate(28 + 8 + info.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        blob.put((byte) 1)
                .put((byte) 1)
                .putShort((short) 0)
                .putInt(0)
                .putLong(0)
                .put(NONCE)
                .putInt(0);
        blob.putShort((short) Challenge.AV_FLAGS).putShort((short) 4).putInt(signs ? 2 : 0);
        return blob.put(info).putInt(0).array();
    }

    private static byte[] rc4(byte[] baseKey) {
        try {
            Cipher rc4 = Cipher.getInstance("ARCFOUR");
            rc4.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(baseKey, "ARCFOUR"));
            return rc4.doFinal(SESSION_KEY);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pointer(ByteBuffer message, int length, int offset) {
        message.putShort((short) length).putShort((short) length).putInt(offset);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }
}
