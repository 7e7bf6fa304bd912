package io.patchway.api.ssm.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchway.SettableClock;
import io.patchway.access.AccessKey;
import io.patchway.access.KeyRing.Credential;
import io.patchway.access.Role;
import io.patchway.api.ssm.signature.SignatureCheck.Signer;
import io.patchway.faults.Survives;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The signer of AWS's own SDK says what is right. */
class SignatureCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:15:00Z");
    private static final String BODY = "{\"BaselineId\":\"pb-0123456789abcdef0\"}";
    private static final AwsSigner AWS = new AwsSigner("AKIAABCDEFGHIJKLMNOP", "the/secret+of/the+key");

    private final SettableClock clock = new SettableClock(NOW);
    private final SignatureCheck check = new SignatureCheck("ssm", SignatureCheckTest::find, clock);

    private static Optional<Credential> find(String id) {
        AccessKey key = new AccessKey(
                AWS.keyId(), "ops", Role.OPERATOR, "", NOW, Optional.empty(), Optional.empty(), Optional.empty());
        return Optional.of(new Credential(key, AWS.secret()))
                .filter(credential -> id.equals(credential.key().id()));
    }

    private static AwsSigner.Call call() {
        return AwsSigner.Call.to(URI.create("http://patch.example.com:8470/"), BODY)
                .with("X-Amz-Target", "AmazonSSM.GetPatchBaseline")
                .with("Content-Type", "application/x-amz-json-1.1");
    }

    private static String code(SignatureCheck check, SignedCall call) {
        try {
            check.signerOf(call);
            return "";
        } catch (RefusedSignature refusal) {
            return refusal.code();
        }
    }

    @Test
    void whatTheSdkSignsIsAdmitted() {
        Signer signer = check.signerOf(AWS.sign(call(), NOW));

        assertThat(signer.key().caller().name()).isEqualTo("ops");
        assertThat(signer.key().caller().role()).isEqualTo(Role.OPERATOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-central-1", "us-gov-west-1", "local"})
    void anyRegionIsAdmitted(String region) {
        assertThat(code(check, AWS.inRegion(region).sign(call(), NOW))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws-sdk-java/2.54.13  md/io#sync  md/http#Url",
                "  leading and trailing  ",
                "a,b ,  c",
                "tab\tand\t tab",
                "\"quoted  spaces\"",
                "x"
            })
    void oddHeaderValuesAreAdmitted(String value) {
        assertThat(code(check, AWS.sign(call().with("X-Amz-User-Agent", value), NOW)))
                .isEmpty();
    }

    @Test
    void aHeaderThatComesTwiceIsAdmitted() {
        assertThat(code(check, AWS.sign(call().with("X-Amz-Meta", "one").with("X-Amz-Meta", "two"), NOW)))
                .isEmpty();
    }

    @Test
    void anEmptyBodyIsAdmitted() {
        AwsSigner.Call empty = AwsSigner.Call.to(URI.create("http://localhost:8470/"), "")
                .with("X-Amz-Target", "AmazonSSM.DescribePatchBaselines");

        assertThat(code(check, AWS.sign(empty, NOW))).isEmpty();
    }

    @Test
    void headersThatNobodySignedMayBeAddedAndChanged() {
        SignedCall signed = AWS.sign(call(), NOW);

        assertThat(code(check, with(signed, "x-forwarded-for", "192.0.2.7"))).isEmpty();
        assertThat(code(check, with(signed, "amz-sdk-request", "attempt=2"))).isEmpty();
    }

    @Test
    void aSessionTokenIsTolerated() {
        assertThat(code(check, AWS.sign(call().with("X-Amz-Security-Token", "left over"), NOW)))
                .isEmpty();
    }

    @Test
    @Survives(33)
    void whateverIsTamperedWithSpoilsTheSignature() {
        SignedCall signed = AWS.sign(call(), NOW);

        assertThat(code(check, with(signed, "x-amz-target", "AmazonSSM.DeletePatchBaseline")))
                .isEqualTo("InvalidSignatureException");
        assertThat(code(check, with(signed, "host", "patch.example.com"))).isEqualTo("InvalidSignatureException");
        assertThat(code(check, with(signed, "x-amz-date", "20261121T101501Z"))).isEqualTo("InvalidSignatureException");
        assertThat(code(check, withBody(signed, BODY.replace("abcdef0", "abcdef1"))))
                .isEqualTo("InvalidSignatureException");
        assertThat(code(check, withBody(signed, ""))).isEqualTo("InvalidSignatureException");
        assertThat(code(check, new SignedCall("PUT", "/", "", signed.headers(), signed.body())))
                .isEqualTo("InvalidSignatureException");
        assertThat(code(check, new SignedCall("POST", "/x", "", signed.headers(), signed.body())))
                .isEqualTo("InvalidSignatureException");
        assertThat(code(check, new SignedCall("POST", "/", "Action=Delete", signed.headers(), signed.body())))
                .isEqualTo("InvalidSignatureException");
    }

    @ParameterizedTest
    @Survives(33)
    @CsvSource({
        "20261121/,                    20261120/,           InvalidSignatureException",
        "/us-east-1/,                  /us-west-1/,         InvalidSignatureException",
        "/ssm/,                        /ec2/,               InvalidSignatureException",
        "/aws4_request,                /aws4_reques,        InvalidSignatureException",
        "/ssm/aws4_request,            /ssm,                IncompleteSignatureException",
        "AKIAABCDEFGHIJKLMNOP,         AKIAABCDEFGHIJKLMNOQ, UnrecognizedClientException",
        "AKIAABCDEFGHIJKLMNOP,         '',                  UnrecognizedClientException",
        "AWS4-HMAC-SHA256 ,            'AWS4-HMAC-SHA1 ',   IncompleteSignatureException",
        "AWS4-HMAC-SHA256 ,            'Bearer ',           IncompleteSignatureException",
        "Signature=,                   Signatur=,           IncompleteSignatureException",
        "Signature=,                   Signature=0,         IncompleteSignatureException",
        "Signature=,                   'Signature=x, Signature=', IncompleteSignatureException",
        "SignedHeaders=,               Headers=,            IncompleteSignatureException",
        "host;,                        host;;,              IncompleteSignatureException",
        "host;,                        host;x-absent;,      InvalidSignatureException",
        "host;,                        '',                  InvalidSignatureException",
        ";x-amz-target,                '',                  InvalidSignatureException",
        ";x-amz-date,                  '',                  InvalidSignatureException",
        "content-type;host,            host;content-type,   InvalidSignatureException",
        "Credential=,                  Credentials=,        IncompleteSignatureException",
        "Credential=,                  ',,Credential=',     IncompleteSignatureException"
    })
    void whateverIsWrongWithTheHeaderIsRefusedInTheWordsOfAws(String part, String other, String code) {
        SignedCall signed = AWS.sign(call(), NOW);
        String header = signed.header("authorization").orElseThrow();
        assertThat(header).contains(part.strip());

        assertThat(code(check, with(signed, "authorization", header.replace(part.strip(), other))))
                .isEqualTo(code);
    }

    @Test
    void spacesBetweenTheParametersDoNotMatter() {
        SignedCall signed = AWS.sign(call(), NOW);
        String header = signed.header("authorization").orElseThrow();

        assertThat(code(check, with(signed, "authorization", header.replace(", ", ","))))
                .isEmpty();
        assertThat(code(check, with(signed, "authorization", header.replace(", ", " ,   "))))
                .isEmpty();
    }

    @Test
    void withoutASignatureOrADateTheCallIsRefused() {
        SignedCall signed = AWS.sign(call(), NOW);

        assertThat(code(check, without(signed, "authorization"))).isEqualTo("MissingAuthenticationTokenException");
        assertThat(code(check, without(signed, "x-amz-date"))).isEqualTo("IncompleteSignatureException");
        assertThat(code(check, with(signed, "x-amz-date", "2026-11-21T10:15:00Z")))
                .isEqualTo("IncompleteSignatureException");
        assertThat(code(check, with(signed, "x-amz-date", "20261341T101500Z")))
                .isEqualTo("IncompleteSignatureException");
    }

    @ParameterizedTest
    @Survives(33)
    @CsvSource({"-901, Signature expired", "901, Signature not yet current", "-900, ''", "900, ''", "0, ''"})
    void theClockMayBeOffByAQuarterOfAnHour(long seconds, String refusal) {
        SignedCall signed = AWS.sign(call(), NOW.plusSeconds(seconds));

        if (refusal.isEmpty()) {
            assertThat(code(check, signed)).isEmpty();
        } else {
            assertThatExceptionOfType(RefusedSignature.class)
                    .isThrownBy(() -> check.signerOf(signed))
                    .withMessageStartingWith(refusal)
                    .matches(refused -> refused.code().equals("InvalidSignatureException"));
        }
    }

    @Test
    @Survives(33)
    void aRecordedCallIsOfNoUseLater() {
        SignedCall recorded = AWS.sign(call(), NOW);
        assertThat(code(check, recorded)).isEmpty();

        clock.advance(Duration.ofMinutes(15).plusSeconds(1));

        assertThat(code(check, recorded)).isEqualTo("InvalidSignatureException");
    }

    @Test
    void aSignatureIsGoodForTheServiceThatItWasMadeFor() {
        SignatureCheck other = new SignatureCheck("ec2", SignatureCheckTest::find, clock);

        assertThat(code(other, AWS.sign(call(), NOW))).isEqualTo("InvalidSignatureException");
    }

    private static SignedCall with(SignedCall call, String name, String value) {
        return changed(call, name, all -> List.of(value));
    }

    private static SignedCall without(SignedCall call, String name) {
        return changed(call, name, all -> List.of());
    }

    private static SignedCall changed(SignedCall call, String name, UnaryOperator<List<String>> change) {
        return new SignedCall(
                call.method(),
                call.path(),
                call.query(),
                asked -> asked.equalsIgnoreCase(name)
                        ? change.apply(call.headers().all(asked))
                        : call.headers().all(asked),
                call.body());
    }

    private static SignedCall withBody(SignedCall call, String body) {
        return new SignedCall(
                call.method(), call.path(), call.query(), call.headers(), body.getBytes(StandardCharsets.UTF_8));
    }
}
