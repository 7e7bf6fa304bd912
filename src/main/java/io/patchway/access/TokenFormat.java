package io.patchway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Bearer tokens as text: JWT, signed by HMAC with SHA-256 and nothing else, with the claims of CenturyLink Cloud.
 * Remembers those that it has found to be genuine. Thread-safe.
 */
final class TokenFormat {
    private static final String ISSUER = "urn:api-tier3";
    private static final String AUDIENCE = "urn:tier3-users";
    private static final String ROLE = "role";
    private static final String NAME = "unique_name";
    private static final String ALIAS = "urn:tier3:account-alias";
    private static final String LOCATION = "urn:tier3:location-alias";
    private static final int LONGEST = 8192;
    /** Remembered for speed only; when there are so many, remembering begins anew. */
    private static final int MOST_REMEMBERED = 10_000;

    private final MACSigner signer;
    private final MACVerifier verifier;
    private final ConcurrentMap<String, TokenClaims> genuine = new ConcurrentHashMap<>();

    /** @param key at least 32 bytes */
    TokenFormat(byte[] key) {
        try {
            this.signer = new MACSigner(key);
            this.verifier = new MACVerifier(key);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("this cannot sign tokens", e);
        }
    }

    /** The token that says this. */
    String write(TokenClaims claims) {
        JWTClaimsSet set = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .notBeforeTime(Date.from(claims.notBefore()))
                .expirationTime(Date.from(claims.expiresAt()))
                .jwtID(claims.id())
                .claim(NAME, claims.name())
                .claim(ROLE, claims.roles())
                .claim(ALIAS, claims.alias())
                .claim(LOCATION, claims.location())
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                set);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", e);
        }
        return token.serialize();
    }

    /** What a token says, when it was signed with this key; whether it still counts is not asked. */
    Optional<TokenClaims> read(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        String digest = digest(token);
        Optional<TokenClaims> known = Optional.ofNullable(genuine.get(digest));
        return known.or(() -> {
            Optional<TokenClaims> verified = verified(token);
            verified.ifPresent(claims -> remember(digest, claims));
            return verified;
        });
    }

    private void remember(String digest, TokenClaims claims) {
        if (genuine.size() >= MOST_REMEMBERED) {
            genuine.clear();
        }
        genuine.put(digest, claims);
    }

    private Optional<TokenClaims> verified(String token) {
        try {
            SignedJWT parsed = SignedJWT.parse(token);
            boolean signed = JWSAlgorithm.HS256.equals(parsed.getHeader().getAlgorithm()) && parsed.verify(verifier);
            return signed ? claims(parsed.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private static Optional<TokenClaims> claims(JWTClaimsSet set) throws ParseException {
        boolean complete = ISSUER.equals(set.getIssuer())
                && set.getAudience().equals(List.of(AUDIENCE))
                && set.getJWTID() != null
                && set.getNotBeforeTime() != null
                && set.getExpirationTime() != null
                && set.getStringClaim(NAME) != null;
        if (!complete) {
            return Optional.empty();
        }
        return Optional.of(new TokenClaims(
                set.getJWTID(),
                set.getStringClaim(NAME),
                Optional.ofNullable(set.getStringListClaim(ROLE)).orElse(List.of()),
                Optional.ofNullable(set.getStringClaim(ALIAS)).orElse(""),
                Optional.ofNullable(set.getStringClaim(LOCATION)).orElse(""),
                instant(set.getNotBeforeTime()),
                instant(set.getExpirationTime())));
    }

    private static Instant instant(Date date) {
        return date.toInstant();
    }

    /** What is looked up is not the token, so that how long it takes tells nothing of those that are known. */
    private static String digest(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return new String(hash, StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
