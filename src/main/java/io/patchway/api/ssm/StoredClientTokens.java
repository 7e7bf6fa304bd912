package io.patchway.api.ssm;

import io.patchway.access.Caller;
import io.patchway.store.SqlClientTokens;
import io.patchway.store.SqlClientTokens.Key;
import io.patchway.store.SqlClientTokens.Known;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Remembers create calls in the database. The id of what is created follows from the token, so that a call that was
 * broken off, even by a crash, creates the same thing when it is repeated.
 */
public final class StoredClientTokens implements ClientTokens {
    private static final int SEED_BYTES = 32;

    private final SqlClientTokens memory;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public StoredClientTokens(SqlClientTokens memory, Clock clock) {
        this.memory = memory;
        this.clock = clock;
    }

    @Override
    public String once(
            String operation, Caller caller, Optional<String> token, Object request, Function<NewId, String> create) {
        if (token.isEmpty()) {
            byte[] seed = new byte[SEED_BYTES];
            random.nextBytes(seed);
            return create.apply(new SeededId(seed));
        }
        Key key = new Key(caller.name(), operation, token.get());
        String fingerprint = HexFormat.of().formatHex(DerivedIds.sha256("request", SsmJson.text(request)));
        Known known = memory.remember(key, fingerprint, clock.instant());
        if (!known.fingerprint().equals(fingerprint)) {
            throw new SsmException(
                    "IdempotentParameterMismatch",
                    "The client token came with another request before. Repeat a call with the same parameters, or use"
                            + " a new token for a new one.");
        }
        return known.result().orElseGet(() -> create(key, create));
    }

    private String create(Key key, Function<NewId, String> create) {
        String seed = String.join("\n", key.account(), key.operation(), key.token());
        try {
            String result = create.apply(new SeededId(DerivedIds.sha256("client token", seed)));
            memory.finish(key, result);
            return result;
        } catch (SsmException e) {
            memory.forget(key);
            throw e;
        }
    }

    /** An id made of bytes that are random, or derived from a token. */
    private record SeededId(byte[] seed) implements NewId {
        private static final int DIGITS = 17;
        /** Version 8: made in a way of one's own. */
        private static final long VERSION = 0x8000L;

        private static final long VARIANT = 0x8000_0000_0000_0000L;

        @Override
        public String hex17() {
            return HexFormat.of().formatHex(seed).substring(0, DIGITS);
        }

        @Override
        public UUID uuid() {
            ByteBuffer bytes = ByteBuffer.wrap(seed);
            long high = bytes.getLong() & ~0xF000L | VERSION;
            long low = bytes.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | VARIANT;
            return new UUID(high, low);
        }
    }
}
