package io.patchway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.patchway.SettableClock;
import io.patchway.access.KeyDesk.Issued;
import io.patchway.access.KeyRing.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From issuing a key to signing in with it, on two nodes. */
class KeyDeskTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration LONG_ENOUGH = KeyRing.FRESH.plusMillis(1);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(NOON);
    private final InMemoryAccessKeys keys = new InMemoryAccessKeys();
    private KeyDesk desk;
    private KeyRing otherNode;

    @BeforeEach
    void open() throws IOException {
        MasterKey masterKey = MasterKey.in(folder.resolve("master-key"));
        desk = new KeyDesk(keys, masterKey, () -> {}, clock);
        otherNode = new KeyRing(keys, masterKey, clock);
    }

    private Issued issue() {
        return desk.issue("deploy-bot", Role.OPERATOR, Optional.empty(), "ops");
    }

    @Test
    void aKeyLooksLikeOneOfAwsAndItsSecretIsStoredSealed() {
        Issued issued = issue();

        assertThat(issued.key().id()).matches("AKIA[A-Z2-7]{16}");
        assertThat(issued.secret()).matches("[A-Za-z0-9+/]{40}");
        assertThat(issued.key().sealedSecret()).doesNotContain(issued.secret());
        assertThat(issued.toString() + issued.key())
                .doesNotContain(issued.secret(), issued.key().sealedSecret());
        assertThat(issue().secret()).isNotEqualTo(issued.secret());
    }

    @Test
    void anIssuedKeyIsFoundWithItsSecret() {
        Issued issued = issue();

        Credential found = otherNode.find(issued.key().id()).orElseThrow();

        assertThat(found.secret()).isEqualTo(issued.secret());
        assertThat(found.key().caller()).isEqualTo(new Caller("deploy-bot", Role.OPERATOR));
        assertThat(otherNode.find("AKIANOBODY")).isEmpty();
    }

    @Test
    void aKeyThatAnotherNodeRevokesIsRefusedSecondsLater() {
        Issued issued = issue();
        assertThat(otherNode.find(issued.key().id())).isPresent();

        assertThat(desk.revoke(issued.key().id(), "ops")).isTrue();
        clock.advance(LONG_ENOUGH);

        assertThat(otherNode.find(issued.key().id())).isEmpty();
        assertThat(desk.revoke(issued.key().id(), "ops")).isFalse();
        assertThat(desk.rotate(issued.key().id(), Duration.ofDays(1), "ops")).isEmpty();
    }

    @Test
    void aRotatedKeyStaysValidAWhileAndItsSuccessorIsValidAtOnce() {
        Issued old = issue();

        Issued successor =
                desk.rotate(old.key().id(), Duration.ofHours(2), "ops").orElseThrow();

        assertThat(successor.key().caller()).isEqualTo(old.key().caller());
        assertThat(otherNode.find(successor.key().id())).isPresent();
        assertThat(otherNode.find(old.key().id())).isPresent();
        clock.advance(Duration.ofHours(2));
        assertThat(otherNode.find(old.key().id())).isEmpty();
        assertThat(otherNode.find(successor.key().id())).isPresent();
    }

    @Test
    void rotationNeverMakesAKeyLiveLonger() {
        Issued old = desk.issue("guest", Role.VIEWER, Optional.of(Duration.ofHours(1)), "ops");

        Issued successor =
                desk.rotate(old.key().id(), Duration.ofDays(1), "ops").orElseThrow();

        clock.advance(Duration.ofHours(1));
        assertThat(otherNode.find(old.key().id())).isEmpty();
        assertThat(otherNode.find(successor.key().id())).isEmpty();
    }

    @Test
    void anExpiredKeyIsRefusedAtOnceEvenWhereItIsRemembered() {
        Issued issued = desk.issue("guest", Role.VIEWER, Optional.of(Duration.ofSeconds(2)), "ops");
        assertThat(otherNode.find(issued.key().id())).isPresent();

        clock.advance(Duration.ofSeconds(2));

        assertThat(otherNode.find(issued.key().id())).isEmpty();
    }

    @Test
    void aChangeOnTheSameNodeCountsAtOnce() throws IOException {
        MasterKey masterKey = MasterKey.in(folder.resolve("master-key"));
        KeyRing ring = new KeyRing(keys, masterKey, clock);
        KeyDesk here = new KeyDesk(keys, masterKey, ring::readAgain, clock);
        assertThat(ring.find("AKIANOBODY")).isEmpty();

        String id =
                here.issue("bot", Role.VIEWER, Optional.empty(), "ops").key().id();
        assertThat(ring.find(id)).isPresent();
        String successor =
                here.rotate(id, Duration.ofDays(1), "ops").orElseThrow().key().id();
        assertThat(ring.find(successor)).isPresent();
        here.revoke(id, "ops");

        assertThat(ring.find(id)).isEmpty();
    }

    @Test
    void keysAreReadOnceInAWhileAndNotAtEachCall() {
        String id = issue().key().id();
        otherNode.find(id);
        int reads = keys.reads();

        for (int call = 0; call < 100; call++) {
            otherNode.find(id);
            otherNode.find("AKIANOBODY");
        }

        assertThat(keys.reads()).isEqualTo(reads);
    }

    @Test
    void useIsNotedOnceInAQuarterOfAnHour() {
        AccessKey key = issue().key();

        otherNode.noteUse(key);
        clock.advance(Duration.ofMinutes(15));
        otherNode.noteUse(key);
        assertThat(keys.all().get(0).lastUsedAt()).contains(NOON);

        clock.advance(Duration.ofSeconds(1));
        otherNode.noteUse(key);
        assertThat(keys.all().get(0).lastUsedAt()).contains(clock.instant());
    }

    @Test
    void aKeyUnderAnotherMasterKeyIsNotUsableButDoesNotHarmTheOthers() throws IOException {
        String strange = new KeyDesk(keys, MasterKey.in(folder.resolve("other")), () -> {}, clock)
                .issue("stranger", Role.VIEWER, Optional.empty(), "ops")
                .key()
                .id();
        String own = issue().key().id();

        assertThat(otherNode.find(strange)).isEmpty();
        assertThat(otherNode.find(own)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-x", "a\nb", "a;b", "ä"})
    void namesThatWouldConfuseAreRefused(String account) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.issue(account, Role.VIEWER, Optional.empty(), "ops"));
        assertThat(keys.all()).isEmpty();
    }
}
