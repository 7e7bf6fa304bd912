package io.patchway.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key that all nodes sign bearer tokens with: made once at random, and sealed in the database. Thread-safe. */
public final class SigningKey {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKey.class);
    private static final String OWNER = "bearer tokens";
    private static final int BYTES = 32;

    private final TokenRecords records;
    private final MasterKey masterKey;
    private Optional<Opened> opened = Optional.empty();

    private record Opened(String sealed, Optional<TokenFormat> format) {}

    public SigningKey(TokenRecords records, MasterKey masterKey) {
        this.records = records;
        this.masterKey = masterKey;
    }

    /** The form of tokens under the key that counts now; empty when it was sealed with another master key. */
    synchronized Optional<TokenFormat> format() {
        String sealed = records.signingKey().orElseGet(() -> records.keepSigningKey(fresh()));
        Opened present = opened.filter(known -> known.sealed().equals(sealed)).orElseGet(() -> open(sealed));
        opened = Optional.of(present);
        return present.format();
    }

    /** Takes a new key; all bearer tokens of all users end, on other nodes a few seconds later. */
    public void replace(String actor) {
        records.replaceSigningKey(fresh(), actor);
    }

    private String fresh() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return masterKey.seal(Base64.getEncoder().encodeToString(key), OWNER);
    }

    private Opened open(String sealed) {
        Optional<TokenFormat> format = masterKey
                .open(sealed, OWNER)
                .map(key -> new TokenFormat(Base64.getDecoder().decode(key)));
        if (format.isEmpty()) {
            LOG.error("The key of the bearer tokens was sealed with another master key than this node's, so that nobody"
                    + " can sign in for one here. Give all nodes the same file patchway.secrets.key-file; when that is"
                    + " lost, 'user renew-token-key' makes a new key and ends all bearer tokens");
        }
        return new Opened(sealed, format);
    }
}
