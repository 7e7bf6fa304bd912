package io.patchway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.whole.PatchwayProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Unmodified clients of AWS Systems Manager against a whole Patchway. */
@Execution(ExecutionMode.CONCURRENT)
class AwsClientsIT {

    @Test
    void theSdkForJavaIsBuiltAgainstTheAddressThatPatchwaySays(@TempDir Path folder) throws Exception {
        try (PatchwayProcess patchway = new PatchwayProcess(folder, Map.of("PATCHWAY_REHEARSAL", "false")).start();
                SsmClient client = SsmClient.builder()
                        .endpointOverride(patchway.address())
                        .region(Region.EU_CENTRAL_1)
                        .credentialsProvider(AnonymousCredentialsProvider.create())
                        .build()) {
            assertThat(client.serviceName()).isEqualTo("ssm");
        }
    }
}
