package io.patchway.api.ivanti.ntlm;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.access.MasterKey;
import io.patchway.access.NtHashes;
import io.patchway.access.NtlmDesk;
import io.patchway.access.PasswordHashes;
import io.patchway.access.PasswordHashes.Cost;
import io.patchway.access.PasswordSignIn;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.access.UserDesk;
import io.patchway.api.ivanti.SignInMethod.Answer;
import io.patchway.api.ivanti.SignInMethod.GoOn;
import io.patchway.api.ivanti.SignInMethod.NotMine;
import io.patchway.api.ivanti.SignInMethod.Refused;
import io.patchway.api.ivanti.SignInMethod.SignedIn;
import io.patchway.api.ivanti.SignInMethod.TooMany;
import io.patchway.audit.RecordingAuditLog;
import io.patchway.faults.Survives;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlNtlmRecords;
import io.patchway.store.SqlUsers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jetty.util.Attributes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three messages over a real store, with a client of our own. */
class NtlmRoundsTest {
    private static final String PASSWORD = "Pässword 1";
    private static final String HOME = "192.0.2.7";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T12:00:00Z"));
    private final Database database = Database.open(DatabaseSettings.at("jdbc:h2:mem:" + UUID.randomUUID()));
    private final SqlUsers users = new SqlUsers(database, "node-1", clock);
    private final PasswordHashes passwords = new PasswordHashes(new Cost(8, 1), 4);
    private final UserDesk desk = new UserDesk(users, passwords, () -> {}, clock);
    private final Attributes connection = new Attributes.Mapped();
    private NtlmDesk ntlm;
    private NtlmRounds rounds;

    @BeforeEach
    void open() throws IOException {
        NtHashes hashes =
                new NtHashes(new SqlNtlmRecords(database, "node-1", clock), MasterKey.in(folder.resolve("key")));
        ntlm = new NtlmDesk(users, passwords, hashes);
        PasswordSignIn signIn = new PasswordSignIn(users, passwords, new RecordingAuditLog(), clock);
        rounds = new NtlmRounds(users, hashes, signIn, "patchway-1.example.org", clock);
        for (String name : new String[] {"svc-patch", "other"}) {
            desk.add(new User(name, Role.OPERATOR, Set.of(), Optional.empty()), Optional.of(PASSWORD), "test");
        }
        assertThat(ntlm.turnOn("SVC-Patch", PASSWORD, "test")).isEqualTo(NtlmDesk.Outcome.DONE);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static NtlmClient client(String password) {
        return new NtlmClient("svc-patch", "CORP", password, true);
    }

    private String challenge(Attributes on) {
        Answer answer = rounds.next(on, NtlmClient.negotiate(), HOME);
        assertThat(answer).isInstanceOf(GoOn.class);
        return ((GoOn) answer).challenge();
    }

    private Answer signIn(NtlmClient client) {
        return rounds.next(connection, client.answer(challenge(connection)), HOME);
    }

    private static void assertIsSignedIn(Answer answer) {
        assertThat(answer).isInstanceOf(SignedIn.class);
        assertThat(((SignedIn) answer).user().name()).isEqualTo("svc-patch");
    }

    @Test
    @Survives(34)
    void theRightPasswordSignsTheConnectionInAndNoOther() {
        assertIsSignedIn(signIn(client(PASSWORD)));

        assertIsSignedIn(rounds.signedIn(connection));
        assertThat(rounds.signedIn(new Attributes.Mapped())).isInstanceOf(NotMine.class);
    }

    @Test
    void clientsThatDoNotSignAndThoseWithoutADomainAreTakenToo() {
        assertIsSignedIn(signIn(new NtlmClient("Svc-Patch", "", PASSWORD, false)));
    }

    @Test
    @Survives(31)
    void wrongPasswordsAndUsersWithoutNtlmAreRefusedAlikeAndCounted() {
        assertThat(signIn(client("guess"))).isEqualTo(new Refused(""));
        assertThat(signIn(new NtlmClient("other", "", PASSWORD, true))).isEqualTo(new Refused(""));
        assertThat(signIn(new NtlmClient("nobody", "", PASSWORD, true))).isEqualTo(new Refused(""));
        assertThat(rounds.signedIn(connection)).isInstanceOf(NotMine.class);
        for (int i = 0; i < 9; i++) {
            signIn(client("guess"));
        }
        assertThat(signIn(client(PASSWORD))).isInstanceOf(TooMany.class);
    }

    @Test
    @Survives(34)
    void aChallengeIsGoodForOneAnswerOnItsConnectionAndForAMinute() {
        String first = client(PASSWORD).answer(challenge(connection));

        assertThat(rounds.next(new Attributes.Mapped(), first, HOME)).isInstanceOf(Refused.class);
        assertIsSignedIn(rounds.next(connection, first, HOME));
        assertThat(rounds.next(connection, first, HOME)).isInstanceOf(Refused.class);
        assertThat(rounds.signedIn(connection)).isInstanceOf(NotMine.class);

        String late = client(PASSWORD).answer(challenge(connection));
        clock.advance(Duration.ofSeconds(61));
        assertThat(rounds.next(connection, late, HOME)).isInstanceOf(Refused.class);
    }

    @Test
    void aSignatureThatDoesNotFitIsRefused() {
        String challenge = challenge(connection);
        byte[] answer = Base64.getDecoder().decode(client(PASSWORD).answer(challenge));
        answer[ClientResponse.MIC_AT] ^= 1;

        assertThat(rounds.next(connection, Base64.getEncoder().encodeToString(answer), HOME))
                .isEqualTo(new Refused(""));
    }

    @Test
    void aConnectionEndsWhenItIsIdleForFiveMinutesAndNotBefore() {
        signIn(client(PASSWORD));
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(4));
            assertIsSignedIn(rounds.signedIn(connection));
        }

        clock.advance(Duration.ofMinutes(6));

        assertThat(rounds.signedIn(connection)).isInstanceOf(NotMine.class);
    }

    @Test
    @Survives(34)
    void itEndsWithThePasswordAndWhenTheUserIsDisabledAndWhenItIsTurnedOff() {
        signIn(client(PASSWORD));
        clock.advance(Duration.ofSeconds(1));
        desk.setPassword("svc-patch", Optional.of("another password"), "test");
        assertThat(rounds.signedIn(connection)).isInstanceOf(NotMine.class);
        assertThat(rounds.isOffered()).isFalse();

        ntlm.turnOn("svc-patch", "another password", "test");
        assertIsSignedIn(signIn(client("another password")));
        desk.disable("svc-patch", "test");
        assertThat(rounds.signedIn(connection)).isInstanceOf(NotMine.class);
        desk.enable("svc-patch", "test");
        assertThat(ntlm.isOn("svc-patch")).contains(false);

        ntlm.turnOn("svc-patch", "another password", "test");
        assertIsSignedIn(signIn(client("another password")));
        ntlm.turnOff("svc-patch", "test");
        assertThat(rounds.signedIn(connection)).isInstanceOf(NotMine.class);
        assertThat(rounds.next(connection, NtlmClient.negotiate(), HOME)).isInstanceOf(Refused.class);
    }

    @Test
    void turningItOnTakesTheUsersOwnPassword() {
        assertThat(ntlm.turnOn("other", "guess", "test")).isEqualTo(NtlmDesk.Outcome.WRONG_PASSWORD);
        assertThat(ntlm.turnOn("nobody", PASSWORD, "test")).isEqualTo(NtlmDesk.Outcome.UNKNOWN);
        desk.disable("other", "test");
        assertThat(ntlm.turnOn("other", PASSWORD, "test")).isEqualTo(NtlmDesk.Outcome.DISABLED);
        assertThat(ntlm.isOn("other")).contains(false);
    }

    @Test
    void damagedMessagesAreRefusedAndNothingElse() {
        Random random = new Random(20261127);
        for (int i = 0; i < 3000; i++) {
            byte[] message = Base64.getDecoder().decode(client(PASSWORD).answer(challenge(connection)));
            int cut = random.nextInt(4) == 0 ? random.nextInt(message.length) : message.length;
            byte[] damaged = Arrays.copyOf(message, cut);
            for (int j = 0; j <= random.nextInt(3) && cut > 0; j++) {
                damaged[random.nextInt(cut)] = (byte) random.nextInt(256);
            }
            if (i % 40 == 0) {
                clock.advance(Duration.ofMinutes(16));
            }
            Answer answer = rounds.next(connection, Base64.getEncoder().encodeToString(damaged), HOME);
            assertThat(answer).isInstanceOfAny(Refused.class, SignedIn.class, TooMany.class, GoOn.class);
            assertThat(answer instanceof SignedIn && !Arrays.equals(message, damaged))
                    .isFalse();
        }
    }
}
