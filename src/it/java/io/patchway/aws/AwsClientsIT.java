package io.patchway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patchway.aws.AwsCli.Refusal;
import io.patchway.hosts.CommandResult;
import io.patchway.rehearsal.PlainFleet;
import io.patchway.whole.PatchwayProcess;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.ssm.SsmClient;

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
    void theCommandLineChangesBaselines() {
        commandLine().changeBaselines();
    }

    @Test
    void theCommandLineRegistersBaselines() {
        commandLine().registerBaselines();
    }

    @Test
    void theCommandLinePlansAWindow() {
        commandLine().planWindow();
    }

    @Test
    void theCommandLinePatchesAServer() {
        commandLine().patch("cli");
    }

    @Test
    void theCommandLineTellsWhyItsKeyIsRefused() {
        IssuedKey viewer = issuer.issue("viewer");
        IssuedKey revoked = issuer.issue("administrator");
        issuer.revoke(revoked);
        String look = "describe-patch-baselines --max-items 1";
        String create = "create-patch-baseline --name '%s'";

        AwsCli administrator = AwsCli.installed(key);
        assertThat(administrator.refusal(create, "no blanks")).isEqualTo(new Refusal("ValidationException", """
            1 validation error detected: Value 'no blanks' at 'name' failed to satisfy constraint: Member must \
            satisfy regular expression pattern: ^[a-zA-Z0-9_\\-.]{3,128}$\
            """));
        assertThat(new AwsCli(viewer).ssm(look).get("BaselineIdentities")).hasSize(1);
        assertThat(new AwsCli(viewer).refusal(create, "by-a-viewer").code()).isEqualTo("AccessDeniedException");
        assertThat(new AwsCli(key.withSecret("another")).refusal(look).code()).isEqualTo("InvalidSignatureException");
        assertThat(new AwsCli(revoked).refusal(look).code()).isEqualTo("UnrecognizedClientException");
        assertThat(administrator.refusal("get-parameter --name x").code()).isEqualTo("UnknownOperationException");
    }

    @Test
    void theSdkForPythonDoesAllOfItsTour() {
        CommandResult tour = new ClientPrograms(key, issuer.issue("viewer")).python();

        assertThat(tour.status()).as(tour.errors()).isZero();
    }

    @Test
    void theSdkForJavaScriptDoesAllOfItsTour() throws Exception {
        CommandResult tour = new ClientPrograms(key, issuer.issue("viewer")).javascript();

        assertThat(tour.status()).as(tour.output() + tour.errors()).isZero();
    }

    @Test
    void theSdkForJavaChangesBaselines() {
        withTheSdkForJava(JavaTour::changeBaselines);
    }

    @Test
    void theSdkForJavaRegistersBaselines() {
        withTheSdkForJava(JavaTour::registerBaselines);
    }

    @Test
    void theSdkForJavaPatchesAServer() {
        withTheSdkForJava(tour -> tour.patch("java"));
    }

    @Test
    void whatTerraformCreatesItReadsBackChangesImportsAndDestroys() {
        try (SsmClient client = key.client()) {
            TerraformSequence terraform = new TerraformSequence(client);
            terraform.create();
            terraform.change();
            terraform.importAgain();
            terraform.destroy();
        }
    }

    /** The example of the documentation, with its headers, over plain HTTP. */
    @Test
    void theExampleOfTheDocumentationIsAnsweredAsItSays() throws Exception {
        Sample sample = Sample.read();
        try (SsmClient client = key.client()) {
            String id = client.createPatchBaseline(
                            request -> request.name(Sample.NAME).description(Sample.DESCRIPTION))
                    .baselineId();

            HttpResponse<String> answer = new PlainCall(key).send("UpdatePatchBaseline", sample.requestFor(id));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-amz-json-1.1");
            assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
            JsonNode body = new JsonMapper().readTree(answer.body());
            assertThat(sample.inItsWords(body)).isEqualTo(sample.response());
            assertThat(body.get("BaselineId").textValue()).isEqualTo(id);
            assertThat(body.get("CreatedDate").isFloatingPointNumber()).isTrue();
            assertThat(body.get("ModifiedDate").doubleValue())
                    .isGreaterThanOrEqualTo(body.get("CreatedDate").doubleValue())
                    .isCloseTo(Instant.now().getEpochSecond(), within(60.0));
        }
    }

    private static CommandLineTour commandLine() {
        return new CommandLineTour(AwsCli.installed(key));
    }

    private static void withTheSdkForJava(Consumer<JavaTour> part) {
        try (SsmClient client = key.client()) {
            part.accept(new JavaTour(client));
        }
    }
}
