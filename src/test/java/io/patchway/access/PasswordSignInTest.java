package io.patchway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.access.PasswordHashes.Cost;
import io.patchway.access.PasswordSignIn.Admitted;
import io.patchway.access.PasswordSignIn.Answer;
import io.patchway.access.PasswordSignIn.Refused;
import io.patchway.access.PasswordSignIn.TooMany;
import io.patchway.audit.RecordingAuditLog;
import io.patchway.faults.Survives;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordSignInTest {
    private static final String HOME = "192.0.2.1";
    private static final String PASSWORD = "mypassword";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T12:00:00Z"));
    private final RecordingAuditLog audit = new RecordingAuditLog();
    private TestUsers world;
    private PasswordSignIn signIn;

    @BeforeEach
    void open() throws IOException {
        world = new TestUsers(folder, clock);
        world.add("ops", PASSWORD, Role.OPERATOR);
        signIn = world.signIn(audit);
    }

    private Answer check(String name, String password, String address) {
        return signIn.check("test", name, password, address);
    }

    private void guess(String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(check(name, "guess " + i, address)).as(name + " " + i).isInstanceOf(Refused.class);
        }
    }

    @Test
    void theNameCountsInAnyLetterCaseAndThePasswordDoesNot() {
        assertThat(check("OPS", PASSWORD, HOME)).isInstanceOf(Admitted.class);
        assertThat(check("ops", PASSWORD.toUpperCase(Locale.ROOT), HOME)).isInstanceOf(Refused.class);
    }

    @Test
    @Survives(31)
    void everyRefusalIsOneLineAndNoLineHasAPassword() {
        check("ops", "wrong one", HOME);
        check("ops", "wrong one", HOME);
        check("nobody", "wrong two", HOME);
        check("my secret; typed into the wrong field", "x", HOME);

        assertThat(audit.lines())
                .containsExactly(
                        "test 192.0.2.1 | user.refused | user ops | wrong password",
                        "test 192.0.2.1 | user.refused | user ops | the same wrong password again",
                        "test 192.0.2.1 | user.refused | user nobody | there is no such user",
                        "test 192.0.2.1 | user.refused | a name that no user can have | there is no such user");
    }

    @Test
    @Survives(31)
    void guessingAUserThatDoesNotExistIsAnsweredAsForOneThatDoes() {
        guess("ops", HOME, GuessLimits.MOST_HERE);
        guess("nobody", "192.0.2.2", GuessLimits.MOST_HERE);

        assertThat(check("ops", "one more", HOME)).isEqualTo(new TooMany(GuessLimits.SPAN));
        assertThat(check("nobody", "one more", "192.0.2.2")).isEqualTo(new TooMany(GuessLimits.SPAN));
    }

    @Test
    void theSamePasswordAgainAfterHalfAMinuteIsAnotherGuess() {
        for (int i = 0; i < GuessLimits.MOST_HERE; i++) {
            assertThat(check("ops", "wrong", HOME)).isInstanceOf(Refused.class);
            clock.advance(RecentMistakes.SPAN);
        }

        assertThat(check("ops", PASSWORD, HOME)).isInstanceOf(TooMany.class);
    }

    @Test
    void aPasswordThatWasWrongIsRightAsSoonAsItIsGiven() {
        assertThat(check("ops", "new password", HOME)).isInstanceOf(Refused.class);

        world.desk().setPassword("ops", Optional.of("new password"), "root");

        assertThat(check("ops", "new password", HOME)).isInstanceOf(Admitted.class);
    }

    @Test
    void whoGetsItRightBeginsAnew() {
        for (int day = 0; day < 20; day++) {
            guess("ops", HOME, GuessLimits.MOST_HERE - 1);
            assertThat(check("ops", PASSWORD, HOME)).isInstanceOf(Admitted.class);
            clock.advance(Duration.ofMinutes(5));
        }
    }

    @Test
    @Survives(31)
    void guessingFromEverywhereLocksNobodyOutWhereHeSignedInBefore() {
        assertThat(check("ops", PASSWORD, HOME)).isInstanceOf(Admitted.class);
        for (int i = 0; i < GuessLimits.MOST_BY_USER; i++) {
            assertThat(check("ops", "guess", "198.51.100." + i)).isInstanceOf(Refused.class);
        }

        assertThat(check("ops", PASSWORD, "203.0.113.7")).isInstanceOf(TooMany.class);
        assertThat(check("ops", PASSWORD, HOME)).isInstanceOf(Admitted.class);
        assertThat(world.signIn(audit).check("test", "ops", PASSWORD, "203.0.113.7"))
                .as("another node counts for itself")
                .isInstanceOf(Admitted.class);
    }

    @Test
    @Survives(31)
    void guessingManyNamesFromANetworkIsLimitedButNotThoseWhoSignInThere() {
        assertThat(check("ops", PASSWORD, HOME)).isInstanceOf(Admitted.class);
        world.add("new", PASSWORD, Role.VIEWER);
        for (int i = 0; i < GuessLimits.MOST_BY_NETWORK; i++) {
            assertThat(check("name" + i, "guess", HOME)).isInstanceOf(Refused.class);
        }

        assertThat(check("one more", "guess", HOME)).isInstanceOf(TooMany.class);
        assertThat(check("new", PASSWORD, HOME)).isInstanceOf(TooMany.class);
        assertThat(check("new", PASSWORD, "192.0.2.2")).isInstanceOf(Admitted.class);
        assertThat(check("ops", PASSWORD, HOME)).isInstanceOf(Admitted.class);
    }

    @Test
    void allAddressesOfANetworkOfIpv6AreOne() {
        for (int i = 0; i < GuessLimits.MOST_HERE; i++) {
            assertThat(check("ops", "guess " + i, "2001:db8:1:2::" + i)).isInstanceOf(Refused.class);
        }

        assertThat(check("ops", "one more", "2001:db8:1:2:ffff::1")).isInstanceOf(TooMany.class);
        assertThat(check("ops", PASSWORD, "2001:db8:1:3::1")).isInstanceOf(Admitted.class);
    }

    @Test
    @Survives(31)
    void guessesAtTheSameTimeAreNotMoreThanOneAfterTheOther() throws Exception {
        List<Callable<Answer>> guesses = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String guess = "guess " + i;
            guesses.add(() -> check("ops", guess, HOME));
        }
        int refused = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(guesses)) {
                refused += answer.get() instanceof Refused ? 1 : 0;
            }
        }

        assertThat(refused).isEqualTo(GuessLimits.MOST_HERE);
    }

    @Test
    void veryManyRefusalsOfANetworkHaveNoLineOfTheirOwn() {
        for (int i = 0; i < 700; i++) {
            check("ops", "wrong", HOME);
        }

        assertThat(audit.lines()).hasSize(600);
    }

    @Test
    void aHashOfAnEarlierCostIsRenewedWhenItsUserSignsIn() {
        PasswordHashes dearer = new PasswordHashes(new Cost(32, 1), 1);

        Answer answer = new PasswordSignIn(world.users(), dearer, audit, clock).check("test", "ops", PASSWORD, HOME);

        assertThat(answer).isInstanceOf(Admitted.class);
        assertThat(world.users().find("ops").orElseThrow().passwordHash()).contains("$m=32,");
        assertThat(check("ops", PASSWORD, HOME)).isInstanceOf(Admitted.class);
    }
}
