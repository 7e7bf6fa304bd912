package io.patchway.api.ssm.signature;

import io.patchway.access.AccessKey;
import io.patchway.access.KeyRing.Credential;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds out who signed a call. A session token is tolerated and means nothing: the keys of Patchway need none, and who
 * has the key has signed whatever else is in the call.
 */
public final class SignatureCheck {
    /** How far the clock of a client may be off, in either direction. */
    public static final Duration TOLERANCE = Duration.ofMinutes(15);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String ENDING = "aws4_request";
    private static final String TARGET = "x-amz-target";
    private static final String DATE = "x-amz-date";
    private static final List<String> MUST_BE_SIGNED = List.of("host", DATE, TARGET);

    private final String service;
    private final Function<String, Optional<Credential>> keys;
    private final Clock clock;

    /** Who signed, and with which signature. */
    public record Signer(AccessKey key, String signature) {}

    /**
     * @param service name of the service in the scope, such as {@code ssm}
     * @param keys gives the key of an id, if it may be used now
     */
    public SignatureCheck(String service, Function<String, Optional<Credential>> keys, Clock clock) {
        this.service = service;
        this.keys = keys;
        this.clock = clock;
    }

    /** @throws RefusedSignature unless the call carries the valid signature of a key that may be used */
    public Signer signerOf(SignedCall call) {
        String header = call.header("authorization").orElseThrow(RefusedSignature::missing);
        Authorization authorization = Authorization.of(header);
        String date = call.header(DATE)
                .orElseThrow(() -> RefusedSignature.incomplete("A signed call needs the header 'X-Amz-Date'."));
        Instant time = time(date);
        checkSignedHeaders(call, authorization.signedHeaders());
        checkScope(authorization.scope(), date);
        checkClock(date, time);
        Credential credential = keys.apply(authorization.keyId()).orElseThrow(RefusedSignature::unknownKey);
        String expected = signature(call, authorization, date, credential.secret());
        if (!MessageDigest.isEqual(bytes(expected), bytes(authorization.signature()))) {
            throw RefusedSignature.invalid("The request signature we calculated does not match the signature you"
                + " provided. Check your AWS Secret Access Key and signing method. Consult the service documentation"
                + " for details.");
        }
        return new Signer(credential.key(), expected);
    }

    private static Instant time(String date) {
        try {
            return Instant.from(TIME.parse(date));
        } catch (DateTimeParseException e) {
            throw RefusedSignature.incomplete(
                    "Date must be in ISO-8601 'basic format', such as 20261121T101500Z. Got '" + date + "'.");
        }
    }

    private static void checkSignedHeaders(SignedCall call, List<String> signed) {
        for (String name : MUST_BE_SIGNED) {
            boolean absent = name.equals(TARGET) && call.headers().all(name).isEmpty();
            if (!signed.contains(name) && !absent) {
                throw RefusedSignature.invalid(
                        "'" + name + "' must be a 'SignedHeader' in the AWS Authorization header.");
            }
        }
        for (String name : signed) {
            if (call.headers().all(name).isEmpty()) {
                throw RefusedSignature.invalid("The signed header '" + name + "' is not in the request.");
            }
        }
    }

    /** The region is whatever the client thinks it is: there is only one Patchway at this address. */
    private void checkScope(Authorization.Scope scope, String date) {
        if (!scope.service().equals(service)) {
            throw RefusedSignature.invalid("Credential should be scoped to correct service: '" + service + "'.");
        }
        if (!scope.ending().equals(ENDING)) {
            throw RefusedSignature.invalid("Credential should be scoped with a valid terminator: '" + ENDING + "'.");
        }
        if (!date.startsWith(scope.date() + "T")) {
            throw RefusedSignature.invalid("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of"
                    + " date from HTTP: '" + scope.date() + "' != '" + date + "'.");
        }
    }

    private void checkClock(String date, Instant time) {
        Instant now = clock.instant();
        if (time.isBefore(now.minus(TOLERANCE))) {
            throw RefusedSignature.invalid("Signature expired: " + date + " is now earlier than "
                    + TIME.format(now.minus(TOLERANCE)) + " (" + TIME.format(now) + " - 15 min.)");
        }
        if (time.isAfter(now.plus(TOLERANCE))) {
            throw RefusedSignature.invalid("Signature not yet current: " + date + " is still later than "
                    + TIME.format(now.plus(TOLERANCE)) + " (" + TIME.format(now) + " + 15 min.)");
        }
    }

    private static String signature(SignedCall call, Authorization authorization, String date, String secret) {
        Authorization.Scope scope = authorization.scope();
        byte[] key = bytes("AWS4" + secret);
        for (String part : List.of(scope.date(), scope.region(), scope.service(), scope.ending())) {
            key = Hashes.hmac(key, part);
        }
        String canonical = CanonicalRequest.of(call, authorization.signedHeaders());
        String toSign =
                String.join("\n", Authorization.ALGORITHM, date, scope.toString(), Hashes.sha256Hex(bytes(canonical)));
        return HexFormat.of().formatHex(Hashes.hmac(key, toSign));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
