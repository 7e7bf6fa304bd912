package io.patchway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.access.InMemoryAccessKeys;
import io.patchway.access.KeyDesk;
import io.patchway.access.MasterKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyCommandTest {
    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
    private final InMemoryAccessKeys keys = new InMemoryAccessKeys();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private KeyCommand command;

    @BeforeEach
    void open() throws IOException {
        KeyDesk desk = new KeyDesk(keys, MasterKey.in(folder.resolve("master-key")), () -> {}, clock);
        command = new KeyCommand(desk, clock, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String run(int exitCode, String words) {
        printed.reset();
        assertThat(command.run(List.of(words.split(" ")))).as(words).isEqualTo(exitCode);
        return printed.toString(StandardCharsets.UTF_8);
    }

    private String id(int index) {
        return keys.all().get(index).id();
    }

    @Test
    void aKeyIsIssuedInTheFormThatClientsRead() {
        String output = run(0, "issue deploy-bot --role operator --valid-for 90d");

        assertThat(output)
                .containsPattern("(?m)^AWS_ACCESS_KEY_ID=" + id(0) + "$")
                .containsPattern("(?m)^AWS_SECRET_ACCESS_KEY=[A-Za-z0-9+/]{40}$")
                .contains("not shown again");
        assertThat(keys.all().get(0).expiresAt()).contains(clock.instant().plus(Duration.ofDays(90)));
    }

    @Test
    void theListTellsTheStateOfEachKeyAndNoSecret() {
        String secret = run(0, "issue one --role viewer")
                .split("AWS_SECRET_ACCESS_KEY=")[1]
                .split("\\R")[0];
        run(0, "issue two --role administrator --valid-for 1h");
        run(0, "issue three --role viewer");
        run(0, "revoke " + id(2));
        clock.advance(Duration.ofHours(1));

        String output = run(0, "list");

        assertThat(output.lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(id(0) + "  viewer  one")
                                .contains("  valid  never used"),
                        line -> assertThat(line).contains("administrator  two", "expired 2026-11-21T11:00:00Z"),
                        line -> assertThat(line).contains("viewer  three", "revoked 2026-11-21T10:00:00Z"));
        assertThat(output).doesNotContain(secret);
    }

    @Test
    void aKeyIsRotatedAndRevoked() {
        run(0, "issue bot --role viewer");

        assertThat(run(0, "rotate " + id(0) + " --keep-for 2h")).contains("AWS_ACCESS_KEY_ID=" + id(1));
        assertThat(keys.all().get(0).expiresAt()).contains(clock.instant().plus(Duration.ofHours(2)));
        assertThat(run(0, "revoke " + id(1))).contains(id(1));
        assertThat(run(1, "revoke " + id(1))).contains("no such access key");
        assertThat(run(1, "rotate AKIANOBODY")).contains("no such access key");
    }

    @ParameterizedTest
    @CsvSource({
        "issue, something is missing",
        "issue bot, --role",
        "issue bot --role boss, 'viewer, operator, administrator'",
        "issue bot --role, too many or too few",
        "issue bot twice --role viewer, too many or too few",
        "issue bot --role viewer --role viewer, twice",
        "issue bot --role viewer --valid-for soon, not a duration",
        "issue bot --role viewer --colour red, not an option",
        "issue b;t --role viewer, name of an account",
        "list all, no further words",
        "burn, known: key issue",
    })
    void wrongWordsAreRefusedWithWhatIsRight(String words, String hint) {
        assertThat(run(64, words)).contains(hint);
        assertThat(keys.all()).isEmpty();
    }
}
