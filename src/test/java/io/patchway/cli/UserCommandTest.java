package io.patchway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.access.PasswordSignIn;
import io.patchway.access.PasswordSignIn.Admitted;
import io.patchway.access.PasswordSignIn.Refused;
import io.patchway.access.Role;
import io.patchway.access.TestUsers;
import io.patchway.access.UserAccount;
import io.patchway.audit.RecordingAuditLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserCommandTest {
    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private TestUsers users;

    @BeforeEach
    void open() throws IOException {
        users = new TestUsers(folder, clock);
    }

    private String run(int exitCode, String words) throws IOException {
        return run(exitCode, words, "");
    }

    private String run(int exitCode, String words, String input) throws IOException {
        printed.reset();
        UserCommand command = new UserCommand(
                users.desk(),
                users.signingKey(),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(command.run(List.of(words.split(" ")))).as(words).isEqualTo(exitCode);
        return printed.toString(StandardCharsets.UTF_8);
    }

    private UserAccount account(String name) {
        return users.desk().find(name).orElseThrow();
    }

    private PasswordSignIn.Answer signIn(String name, String password) {
        return users.signIn(new RecordingAuditLog()).check("test", name, password, "192.0.2.1");
    }

    @Test
    void aUserIsAddedWithAPasswordThatIsShownOnce() throws IOException {
        String output = run(0, "add ops --role operator --alias alfa,BRAVO --email ops@example.org");

        assertThat(output).contains("User ops may sign in").containsPattern("(?m)^PASSWORD=[A-Za-z0-9]{24}$");
        String password = output.split("PASSWORD=")[1].split("\\R")[0];
        assertThat(signIn("OPS", password)).isInstanceOf(Admitted.class);
        assertThat(account("ops").user().aliases()).containsExactly("ALFA", "BRAVO");
        assertThat(account("ops").user().email()).contains("ops@example.org");
        assertThat(run(1, "add Ops --role viewer")).contains("already");
    }

    @Test
    void thePasswordComesThroughStandardInputOrAFile() throws IOException {
        String output = run(0, "add ops --role operator --password-file -", "mypassword\nignored\n");
        Path file = Files.writeString(folder.resolve("password"), "another password\n");

        assertThat(output).doesNotContain("mypassword", "PASSWORD=");
        assertThat(signIn("ops", "mypassword")).isInstanceOf(Admitted.class);
        run(0, "password ops --password-file " + file);
        assertThat(signIn("ops", "mypassword")).isInstanceOf(Refused.class);
        assertThat(signIn("ops", "another password")).isInstanceOf(Admitted.class);
    }

    @Test
    void whatIsAskedForIsChangedAndNothingElse() throws IOException {
        run(0, "add ops --role operator --alias ALFA --email ops@example.org");

        run(0, "change ops --role viewer");
        assertThat(account("ops").user().role()).isEqualTo(Role.VIEWER);
        assertThat(account("ops").user().aliases()).containsExactly("ALFA");
        run(0, "change OPS --alias all --email none");
        assertThat(account("ops").user().aliases()).isEmpty();
        assertThat(account("ops").user().email()).isEmpty();
    }

    @Test
    void aUserIsDisabledAndEnabledAndItsTokensEnd() throws IOException {
        UserAccount ops = users.add("ops", "mypassword", Role.OPERATOR);
        String token = users.token(ops);

        assertThat(run(0, "disable ops")).contains("refused from now on");
        assertThat(run(0, "list")).contains("ops  operator  all aliases  no e-mail", "disabled 2026-11-21T10:00:00Z");
        assertThat(signIn("ops", "mypassword")).isInstanceOf(Refused.class);
        run(0, "enable ops");
        assertThat(run(0, "list")).contains("enabled").doesNotContain("argon2");
        assertThat(signIn("ops", "mypassword")).isInstanceOf(Admitted.class);
        assertThat(users.tokens().apply(token)).isEmpty();

        String next = users.token(account("ops"));
        assertThat(users.tokens().apply(next)).isPresent();
        run(0, "revoke-tokens ops");
        assertThat(users.tokens().apply(next)).isEmpty();
    }

    @Test
    void aNewKeyEndsAllTokens() throws IOException {
        String token = users.token(users.add("ops", "mypassword", Role.OPERATOR));
        assertThat(users.tokens().apply(token)).isPresent();

        run(0, "renew-token-key");

        users.tokens().readAgain();
        assertThat(users.tokens().apply(token)).isEmpty();
        assertThat(users.tokens().apply(users.token(account("ops")))).isPresent();
    }

    @Test
    void whoDoesNotExistCannotBeChanged() throws IOException {
        for (String words :
                List.of("password no", "disable no", "enable no", "revoke-tokens no", "change no --role viewer")) {
            assertThat(run(1, words)).as(words).contains("no such user");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "add, something is missing",
        "add bot, --role",
        "add bot --role boss, 'viewer, operator, administrator'",
        "add bot --role viewer --colour red, not an option",
        "add b;t --role viewer, name of a user",
        "add bot --role viewer --alias A;B, account alias",
        "'add bot --role viewer --alias A,', account alias",
        "add bot --role viewer --email nobody, e-mail address",
        "add bot --role viewer --password-file -, 8 to 256 characters",
        "list all, no further words",
        "renew-token-key now, no further words",
        "burn, known: user add",
    })
    void wrongWordsAreRefusedWithWhatIsRight(String words, String hint) throws IOException {
        assertThat(run(64, words)).contains(hint);
        assertThat(users.desk().all()).isEmpty();
    }
}
