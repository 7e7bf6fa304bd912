package io.patchway.api.ivanti.ntlm;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a client computes that knows the password (MS-NLMP 3.3.2). Compared in constant time. */
final class NtlmV2 {
    private static final String HMAC = "HmacMD5";

    private NtlmV2() {}

    /** Whether a response was made by somebody who knows the password, and its signature fits, if it has one. */
    static boolean isRight(byte[] ntHash, Challenge challenge, ClientResponse response) {
        byte[] key = responseKey(ntHash, response.user(), response.domain());
        byte[] proof = proof(key, challenge.nonce(), response.blob());
        return MessageDigest.isEqual(proof, response.proof()) && isSigned(hmac(key, proof), challenge, response);
    }

    static byte[] responseKey(byte[] ntHash, String user, String domain) {
        String identity = user.toUpperCase(Locale.ROOT) + domain;
        return hmac(ntHash, identity.getBytes(StandardCharsets.UTF_16LE));
    }

    static byte[] proof(byte[] responseKey, byte[] nonce, byte[] blob) {
        return hmac(responseKey, nonce, blob);
    }

    private static boolean isSigned(byte[] baseKey, Challenge challenge, ClientResponse response) {
        if (response.mic().isEmpty()) {
            return true;
        }
        Optional<byte[]> sessionKey = sessionKey(baseKey, response);
        byte[] unsigned = response.bytes().clone();
        Arrays.fill(unsigned, ClientResponse.MIC_AT, ClientResponse.MIC_AT + ClientResponse.MIC_BYTES, (byte) 0);
        return sessionKey
                .map(key -> hmac(key, challenge.negotiation().bytes(), challenge.bytes(), unsigned))
                .filter(mic -> MessageDigest.isEqual(mic, response.mic().get()))
                .isPresent();
    }

    static Optional<byte[]> sessionKey(byte[] baseKey, ClientResponse response) {
        if (!Flags.has(response.flags(), Flags.KEY_EXCHANGE)) {
            return Optional.of(baseKey);
        }
        if (response.encryptedSessionKey().length != baseKey.length) {
            return Optional.empty();
        }
        try {
            Cipher rc4 = Cipher.getInstance("ARCFOUR");
            rc4.init(Cipher.DECRYPT_MODE, new SecretKeySpec(baseKey, "ARCFOUR"));
            return Optional.of(rc4.doFinal(response.encryptedSessionKey()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RC4", e);
        }
    }

    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }
}
