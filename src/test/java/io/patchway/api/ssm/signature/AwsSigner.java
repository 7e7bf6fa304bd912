package io.patchway.api.ssm.signature;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Signs calls with the SDK of AWS. */
public record AwsSigner(String keyId, String secret, String region) {

    public AwsSigner(String keyId, String secret) {
        this(keyId, secret, "us-east-1");
    }

    /** A call that is to be signed. */
    public record Call(URI address, Map<String, List<String>> headers, String body) {
        public static Call to(URI address, String body) {
            return new Call(address, Map.of(), body);
        }

        /** The call with one more header. */
        public Call with(String name, String value) {
            Map<String, List<String>> more = new LinkedHashMap<>(headers);
            List<String> values = new ArrayList<>(more.getOrDefault(name, List.of()));
            values.add(value);
            more.put(name, values);
            return new Call(address, more, body);
        }
    }

    public AwsSigner inRegion(String other) {
        return new AwsSigner(keyId, secret, other);
    }

    /** The signed call, as it would come in. */
    public SignedCall sign(Call call, Instant time) {
        Map<String, List<String>> headers = signedHeaders(call, time);
        return new SignedCall(
                "POST",
                call.address().getRawPath(),
                Optional.ofNullable(call.address().getRawQuery()).orElse(""),
                name -> headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()),
                call.body().getBytes(StandardCharsets.UTF_8));
    }

    /** All headers of the signed call, {@code host} included, by their names in lower case. */
    public Map<String, List<String>> signedHeaders(Call call, Instant time) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(call.address())
                .headers(call.headers())
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(AwsCredentialsIdentity.create(keyId, secret))
                        .request(request)
                        .payload(ContentStreamProvider.fromUtf8String(call.body()))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ssm")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC)))
                .request();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        signed.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return headers;
    }
}
