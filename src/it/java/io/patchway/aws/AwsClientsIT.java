package io.patchway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.rehearsal.PlainFleet;
import io.patchway.whole.PatchwayProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Unmodified clients of AWS Systems Manager against one Patchway, side by side: each has its own server group, names
 * and operating systems for what there is only one of.
 */
@Execution(ExecutionMode.CONCURRENT)
class AwsClientsIT {
    private static PlainFleet fleet;
    private static PatchwayProcess patchway;
    private static KeyIssuer issuer;
    private static IssuedKey key;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        fleet = PlainFleet.start(folder.resolve("fleet"), List.of("cli", "boto3", "java", "javascript"));
        patchway = new PatchwayProcess(
                Files.createDirectory(folder.resolve("patchway")), Map.of("PATCHWAY_REHEARSAL", "false"));
        Files.writeString(patchway.file("config/servers.yaml"), fleet.serversFile());
        patchway.start();
        issuer = new KeyIssuer(patchway);
        key = issuer.issue("administrator");
    }

    @AfterAll
    static void stop() throws Exception {
        patchway.close();
        fleet.close();
    }

    @Test
    void theCommandLineTellsWhyItsKeyIsRefused() {
        IssuedKey revoked = issuer.issue("administrator");
        issuer.revoke(revoked);
        String line = "get-parameter --name x";

        assertThat(new AwsCli(key).refusal(line).code()).isEqualTo("UnknownOperationException");
        assertThat(new AwsCli(key.withSecret("another")).refusal(line).code()).isEqualTo("InvalidSignatureException");
        assertThat(new AwsCli(revoked).refusal(line).code()).isEqualTo("UnrecognizedClientException");
    }
}
