package io.patchway.aws;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * An access key, and whose it is.
 *
 * @param address of the Patchway that issued it
 */
record IssuedKey(URI address, String id, String secret) {
    private static final Region REGION = Region.US_EAST_2;

    IssuedKey withSecret(String other) {
        return new IssuedKey(address, id, other);
    }

    /** The AWS SDK for Java as anybody would set it up. */
    SsmClient client() {
        return SsmClient.builder()
                .endpointOverride(address)
                .region(REGION)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
                .build();
    }

    /** What programs that speak to AWS read: the key, a region, and nothing that this machine may have set up. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_ACCESS_KEY_ID",
                id,
                "AWS_SECRET_ACCESS_KEY",
                secret,
                "AWS_DEFAULT_REGION",
                REGION.id(),
                "AWS_REGION",
                REGION.id(),
                "AWS_CONFIG_FILE",
                "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE",
                "/dev/null",
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "PATCHWAY",
                address.toString());
    }
}
