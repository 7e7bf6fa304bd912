package io.patchway.access;

import io.patchway.access.PasswordKeyRecords.Stored;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key pair that clients seal passwords for on their way here: made once, with a certificate that it has signed
 * itself, and the same on all nodes. Thread-safe.
 */
public final class PasswordKey {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordKey.class);
    private static final String OWNER = "key of sealed passwords";
    private static final X500Principal NAME = new X500Principal("CN=Patchway");
    private static final int BITS = 2048;
    private static final int SERIAL_BITS = 127;
    private static final Duration LIFE = Duration.ofDays(20 * 365L);
    private static final int KEY_BYTES = 16;
    private static final int LONGEST_PASSWORD = 1000;
    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);

    private final PasswordKeyRecords records;
    private final MasterKey masterKey;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private Optional<Opened> opened = Optional.empty();

    private record Opened(Stored stored, PrivateKey key) {}

    /**
     * A password as clients seal it: AES-128-CBC over UTF-16LE, under a key that is sealed by RSA-OAEP with SHA-1.
     *
     * @param encryptedKey the AES key, sealed with the public key of the certificate
     */
    public record Sealed(byte[] cipherText, byte[] encryptedKey, byte[] iv) {
        /** Without what is sealed. */
        @Override
        public String toString() {
            return "a sealed password";
        }
    }

    public PasswordKey(PasswordKeyRecords records, MasterKey masterKey, Clock clock) {
        this.records = records;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /** The certificate, DER in Base64. */
    public String certificate() {
        return present().stored().certificate();
    }

    /** The password; empty when anything about it is wrong, and nobody learns what. */
    public Optional<String> open(Sealed sealed) {
        try {
            Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            rsa.init(Cipher.DECRYPT_MODE, present().key(), OAEP);
            byte[] key = rsa.doFinal(sealed.encryptedKey());
            if (key.length != KEY_BYTES) {
                return Optional.empty();
            }
            Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
            aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(sealed.iv()));
            byte[] text = aes.doFinal(sealed.cipherText());
            String password = StandardCharsets.UTF_16LE
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
            return Optional.of(password).filter(read -> !read.isEmpty() && read.length() <= LONGEST_PASSWORD);
        } catch (GeneralSecurityException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private synchronized Opened present() {
        Optional<Stored> stored = records.find();
        Optional<Opened> known =
                opened.filter(open -> stored.filter(open.stored()::equals).isPresent());
        if (known.isEmpty()) {
            known = stored.flatMap(this::open);
        }
        if (known.isEmpty()) {
            if (stored.isPresent()) {
                LOG.error("The key of sealed passwords was sealed with another master key than this node's; a new one"
                        + " takes its place. Give all nodes the same file patchway.secrets.key-file");
            }
            known = open(records.keep(stored, fresh()));
        }
        opened = known;
        return known.orElseThrow(() -> new IllegalStateException("another node keeps a key that this one cannot open"));
    }

    private Optional<Opened> open(Stored stored) {
        return masterKey.open(stored.sealed(), OWNER).map(encoded -> {
            try {
                byte[] key = Base64.getDecoder().decode(encoded);
                return new Opened(stored, KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the database holds something that is no private key", e);
            }
        });
    }

    private Stored fresh() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS, random);
            KeyPair pair = generator.generateKeyPair();
            JcaX509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(
                    NAME,
                    new BigInteger(SERIAL_BITS, random),
                    Date.from(clock.instant().minus(Duration.ofDays(1))),
                    Date.from(clock.instant().plus(LIFE)),
                    NAME,
                    pair.getPublic());
            byte[] der = certificate
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))
                    .getEncoded();
            Base64.Encoder base64 = Base64.getEncoder();
            String key = base64.encodeToString(pair.getPrivate().getEncoded());
            return new Stored(base64.encodeToString(der), masterKey.seal(key, OWNER));
        } catch (GeneralSecurityException | OperatorCreationException | java.io.IOException e) {
            throw new IllegalStateException("a key pair and its certificate could not be made", e);
        }
    }
}
