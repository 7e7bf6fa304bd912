package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.access.AccessKey;
import io.patchway.access.AccessKeys;
import io.patchway.access.AccessKeys.Replaced;
import io.patchway.access.Role;
import io.patchway.audit.SealedEntry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the store of access keys promises, on every database. */
abstract class AccessKeysContract extends StoreContract {
    private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);

    private AccessKeys keys() {
        return new SqlAccessKeys(database, "node-1", clock);
    }

    private static AccessKey key(String id, Role role) {
        return new AccessKey(id, "bot", role, "sealed", NOON, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private List<String> audited() {
        SqlAuditLog audit = new SqlAuditLog(database, "node-1", clock);
        audit.seal(100);
        return audit.entriesAfter(0, 100).stream()
                .map(SealedEntry::entry)
                .map(entry -> entry.actor() + " | " + entry.action() + " | " + entry.subject() + " | " + entry.detail())
                .toList();
    }

    @Test
    void whatIsAddedIsReadAgain() {
        AccessKey added = new AccessKey(
                "AKIA1",
                "bot",
                Role.OPERATOR,
                "sealed",
                NOON,
                Optional.of(NOON.plusSeconds(60)),
                Optional.empty(),
                Optional.empty());

        keys().add(added, Optional.empty(), "ops");

        assertThat(keys().all()).containsExactly(added);
        assertThat(audited())
                .containsExactly("ops | access-key.issued | access key AKIA1 | for bot as OPERATOR until "
                        + NOON.plusSeconds(60));
    }

    @Test
    void aReplacedKeyEndsWhenItsSuccessorIsThere() {
        keys().add(key("AKIA1", Role.VIEWER), Optional.empty(), "ops");

        keys().add(key("AKIA2", Role.VIEWER), Optional.of(new Replaced("AKIA1", NOON.plusSeconds(5))), "ops");

        assertThat(keys().all().get(0).expiresAt()).contains(NOON.plusSeconds(5));
        assertThat(keys().all().get(1).expiresAt()).isEmpty();
        assertThat(audited()).hasSize(3).last().asString().contains("access-key.replaced | access key AKIA1 | AKIA2");
    }

    @Test
    void aKeyIsRevokedOnce() {
        keys().add(key("AKIA1", Role.VIEWER), Optional.empty(), "ops");

        assertThat(keys().revoke("AKIA1", "ops", NOON)).isTrue();
        assertThat(keys().revoke("AKIA1", "ops", NOON.plusSeconds(1))).isFalse();
        assertThat(keys().revoke("AKIA2", "ops", NOON)).isFalse();

        assertThat(keys().all().get(0).revokedAt()).contains(NOON);
        assertThat(audited()).hasSize(2);
    }

    @Test
    void theLatestUseCounts() {
        keys().add(key("AKIA1", Role.VIEWER), Optional.empty(), "ops");

        keys().noteUse("AKIA1", NOON.plusSeconds(5));
        keys().noteUse("AKIA1", NOON);

        assertThat(keys().all().get(0).lastUsedAt()).contains(NOON.plusSeconds(5));
    }
}
