package io.patchway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.SettableClock;
import io.patchway.audit.RecordingAuditLog;
import io.patchway.faults.Survives;
import io.patchway.run.ExecutionIds;
import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.RequestDesks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxTest {
    private static final String SCAN = "{\"servers\":[\"web-01\"],\"operation\":\"scan\"}";
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path folder;

    private final InMemoryRunLedger ledger = new InMemoryRunLedger();
    private final RecordingAuditLog audit = new RecordingAuditLog();
    private final SettableClock clock = new SettableClock(NOW);
    private Inbox inbox;

    @BeforeEach
    void openInbox() throws IOException {
        RequestIntake intake = new RequestIntake(RequestDesks.over(ledger, clock), audit);
        inbox = new Inbox(folder, intake, clock, Duration.ofSeconds(30));
    }

    @Test
    void anAcceptedFileMovesToDoneWithItsReceipt() throws IOException {
        inbox.receive(drop("nightly.json", SCAN).toFile());

        assertThat(names(folder)).containsExactly("done", "rejected");
        assertThat(names(folder.resolve("done"))).containsExactly("nightly.json", "nightly.json.receipt.json");
        JsonNode receipt = receipt("done/nightly.json");
        assertThat(receipt.path("accepted").asBoolean()).isTrue();
        assertThat(receipt.path("duplicate").asBoolean()).isFalse();
        assertThat(receipt.path("requestId").asText())
                .isEqualTo(ledger.newest(1).get(0).request().id().toString());
        assertThat(receipt.path("servers").get(0).path("executionId").asText())
                .isEqualTo(ExecutionIds.STANDARD.of(
                        ledger.newest(1).get(0).runs().get(0).number()));
        assertThat(receipt.path("servers").get(0).path("runId").asText())
                .isEqualTo(ledger.newest(1).get(0).runs().get(0).id().toString());
    }

    @Test
    void aRefusedFileMovesToRejectedWithEveryProblem() throws IOException {
        inbox.receive(
                drop("bad.json", "{\n\"servers\":[1],\n\"operatio\":\"scan\"}").toFile());

        JsonNode problems = receipt("rejected/bad.json").path("problems");
        assertThat(problems).hasSize(3);
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.path("line").asInt()).isEqualTo(3);
            assertThat(problem.path("field").asText()).isEqualTo("operatio");
            assertThat(problem.path("message").asText()).contains("did you mean operation?");
        });
        assertThat(ledger.newest(1)).isEmpty();
        assertThat(audit.lines())
                .singleElement()
                .asString()
                .startsWith("inbox | request.refused | inbox bad.json | ")
                .contains("did you mean operation?");
    }

    @Test
    void aFileWhoseServersAreAllRefusedIsRejectedWithOneAnswerForEach() throws IOException {
        inbox.receive(drop("x.json", SCAN.replace("web-01", "nobody")).toFile());

        JsonNode receipt = receipt("rejected/x.json");
        assertThat(receipt.path("accepted").asBoolean()).isFalse();
        assertThat(receipt.path("servers").get(0).path("reason").asText()).isEqualTo("is not in the inventory");
    }

    @Test
    @Survives(15)
    void theSameContentTwiceIsOneRequestAlsoUnderAnotherName() throws IOException {
        inbox.receive(drop("a.json", SCAN).toFile());
        inbox.receive(drop("b.json", SCAN).toFile());
        inbox.receive(drop("a.json", SCAN).toFile());

        assertThat(ledger.newest(10)).hasSize(1);
        assertThat(names(folder.resolve("done"))).contains("a.json", "a-2.json", "b.json");
        assertThat(receipt("done/b.json").path("duplicate").asBoolean()).isTrue();
        assertThat(receipt("done/b.json").path("requestId"))
                .isEqualTo(receipt("done/a.json").path("requestId"));
    }

    @Test
    @Survives(15)
    void theSameContentManyTimesAtOnceIsOneRequest() throws Exception {
        List<Callable<Void>> drops = IntStream.range(0, 20)
                .mapToObj(number -> "same-" + number + ".json")
                .map(name -> (Callable<Void>) () -> {
                    inbox.receive(drop(name, SCAN).toFile());
                    return null;
                })
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : threads.invokeAll(drops)) {
                result.get();
            }
        }

        assertThat(ledger.newest(10)).hasSize(1);
        assertThat(names(folder.resolve("done"))).hasSize(40);
    }

    @Test
    void aFileThatWasRenamedHereIsReadyAtOnceAndOneThatJustChangedIsNot() throws IOException {
        Path file = drop("a.json", SCAN);

        changed(file, Duration.ofMillis(200));
        assertThat(inbox.isReady(file.toFile())).isFalse();
        changed(file, Duration.ofSeconds(5));
        assertThat(inbox.isReady(file.toFile())).isTrue();
    }

    @Test
    @Survives(16)
    void aWriterThatPausesInTheMiddleIsWaitedFor() throws IOException {
        Path file = drop("a.json", SCAN.substring(0, SCAN.length() - 1));

        changed(file, Duration.ofSeconds(20));
        assertThat(inbox.isReady(file.toFile())).isFalse();
        Files.writeString(file, SCAN);
        changed(file, Duration.ofSeconds(2));
        assertThat(inbox.isReady(file.toFile())).isTrue();
    }

    @Test
    @Survives(16)
    void aFileThatStaysUnfinishedForLongIsRejectedAsSuch() throws IOException {
        Path file = drop("a.json", "{\"servers\":[");
        changed(file, Duration.ofSeconds(30));

        assertThat(inbox.isReady(file.toFile())).isTrue();
        inbox.receive(file.toFile());
        assertThat(receipt("rejected/a.json").path("problems"))
                .extracting(problem -> problem.path("message").asText())
                .satisfiesExactly(
                        message -> assertThat(message).startsWith("is not well-formed"),
                        message -> assertThat(message).startsWith("ends in the middle"));
    }

    @Test
    void aDoneMarkerMakesAFileReadyAndGoesAwayWithIt() throws IOException {
        Path file = drop("a.json", SCAN);
        changed(file, Duration.ZERO);
        drop("a.json.done", "");

        assertThat(inbox.isReady(file.toFile())).isTrue();
        inbox.receive(file.toFile());
        assertThat(names(folder)).containsExactly("done", "rejected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json.part", ".a.json", "a.txt", "a.json.done", "a.json~", "json"})
    void filesOfOtherNamesAreLeftAlone(String name) throws IOException {
        Path file = drop(name, SCAN);
        changed(file, Duration.ofHours(1));

        assertThat(inbox.isReady(file.toFile())).isFalse();
    }

    @Test
    @Survives(28)
    void aSymbolicLinkIsRejectedUnread(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret.json"), SCAN);
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), secret);

        assertThat(inbox.isReady(link.toFile())).isTrue();
        inbox.receive(link.toFile());

        assertThat(ledger.newest(1)).isEmpty();
        assertThat(secret).exists();
        assertThat(receipt("rejected/link.json")
                        .path("problems")
                        .get(0)
                        .path("message")
                        .asText())
                .contains("not a regular file");
    }

    /** Whoever opened it would wait for ever. */
    @Test
    @Survives(28)
    @Timeout(20)
    void aPipeIsRejectedUnread() throws Exception {
        Path pipe = folder.resolve("pipe.json");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();

        assertThat(inbox.isReady(pipe.toFile())).isTrue();
        inbox.receive(pipe.toFile());

        assertThat(ledger.newest(1)).isEmpty();
        assertThat(names(folder.resolve("rejected"))).contains("pipe.json.receipt.json");
    }

    @Test
    @Survives(18)
    void aFileThatAsksForTooMuchIsRejectedWithTheReason() throws IOException {
        Inbox full = new Inbox(
                folder,
                new RequestIntake(RequestDesks.over(ledger, 0, clock), new RecordingAuditLog()),
                clock,
                Duration.ofSeconds(30));

        full.receive(drop("much.json", SCAN).toFile());

        assertThat(receipt("rejected/much.json")
                        .path("problems")
                        .get(0)
                        .path("message")
                        .asText())
                .contains("nothing was accepted, ask again later");
        assertThat(ledger.newest(1)).isEmpty();
    }

    @Test
    @Survives(27)
    void expressionsInAFileAreText() throws IOException {
        inbox.receive(drop("${sys:user.home}.json", """
            {"servers": ["web-01", "${bean:desk}"], "reference": "{{patchway.inbox}}", "operation": "scan"}
            """).toFile());

        assertThat(receipt("done/__sys_user.home_.json").path("servers"))
                .extracting(answer -> answer.path("server").asText())
                .containsExactly("web-01", "${bean:desk}");
    }

    @Test
    @Survives(28)
    void aNameThatMeansSomethingElsewhereIsMadeHarmless() throws IOException {
        inbox.receive(drop("-rf $(id);ä\n.json", SCAN).toFile());

        assertThat(names(folder.resolve("done"))).contains("_-rf___id____.json");
        assertThat(ledger.newest(1).get(0).request().origin()).isEqualTo("inbox _-rf___id____.json");
    }

    @Test
    void aFileThatIsTooLargeIsRejected() throws IOException {
        inbox.receive(drop("large.json", SCAN + " ".repeat(4 * 1024 * 1024)).toFile());

        assertThat(receipt("rejected/large.json")
                        .path("problems")
                        .get(0)
                        .path("message")
                        .asText())
                .contains("larger than");
    }

    private Path drop(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static void changed(Path file, Duration ago) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(ago)));
    }

    private JsonNode receipt(String file) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(file + ".receipt.json").toFile());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
