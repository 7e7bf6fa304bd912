package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.access.PasswordKeyRecords.Stored;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.access.UserAccount;
import io.patchway.access.Users.Change;
import io.patchway.audit.SealedEntry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store of NT hashes, session credentials and the key of sealed passwords promises, on every database. */
abstract class SignInContract extends StoreContract {
    private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    private SqlUsers users;
    private SqlNtlmRecords hashes;
    private SqlSessionCredentials credentials;

    @BeforeEach
    void addUser() {
        users = new SqlUsers(database, "node-1", clock);
        hashes = new SqlNtlmRecords(database, "node-1", clock);
        credentials = new SqlSessionCredentials(database, "node-1", clock);
        User user = new User("Ops", Role.OPERATOR, Set.of(), Optional.empty());
        users.add(new UserAccount(user, "$argon2id$…", "stamp", NOON, NOON, Optional.empty()), "root");
    }

    private void keepBoth() {
        assertThat(hashes.keep("ops", NOON, "sealed", "root")).isTrue();
        assertThat(credentials.add("OPS", "ops")).isTrue();
    }

    private void change(UserAccount account) {
        users.change("ops", present -> new Change(account, "user.changed", ""), "root");
    }

    private UserAccount with(String stamp, int secondsLater, boolean disabled) {
        UserAccount present = users.find("ops").orElseThrow();
        return new UserAccount(
                present.user(),
                present.passwordHash(),
                stamp,
                NOON,
                NOON.plusSeconds(secondsLater),
                disabled ? Optional.of(NOON) : Optional.empty());
    }

    @Test
    void aHashIsKeptInAnyLetterCaseUntilItIsRemoved() {
        assertThat(hashes.isAnyKept()).isFalse();
        assertThat(hashes.keep("OPS", NOON, "sealed", "root")).isTrue();
        assertThat(hashes.keep("ops", NOON, "sealed again", "root")).isTrue();

        assertThat(hashes.sealed("oPs")).contains("sealed again");
        assertThat(hashes.isAnyKept()).isTrue();
        assertThat(hashes.remove("Ops", "root")).isTrue();
        assertThat(hashes.remove("Ops", "root")).isFalse();
        assertThat(hashes.sealed("ops")).isEmpty();
        SqlAuditLog audit = new SqlAuditLog(database, "node-1", clock);
        audit.seal(100);
        assertThat(audit.entriesAfter(0, 100))
                .map(SealedEntry::entry)
                .map(entry -> entry.action() + " | " + entry.subject() + " | " + entry.detail())
                .endsWith(
                        "user.ntlm-on | user Ops | a weak hash of its password is kept, sealed",
                        "user.ntlm-off | user Ops | ");
    }

    @Test
    void noHashIsKeptOfAPasswordThatCountsNoMoreOrOfAUserWhoDoesNot() {
        assertThat(hashes.keep("ops", NOON.minusSeconds(1), "sealed", "root")).isFalse();
        assertThat(hashes.keep("nobody", NOON, "sealed", "root")).isFalse();
        change(with("stamp", 0, true));
        assertThat(hashes.keep("ops", NOON, "sealed", "root")).isFalse();

        assertThat(hashes.isAnyKept()).isFalse();
    }

    @Test
    void bothGoWithThePasswordAndWhenTheUserIsDisabledAndNotOtherwise() {
        keepBoth();
        change(with("another stamp", 0, false));
        assertThat(hashes.sealed("ops")).contains("sealed");
        assertThat(credentials.add("ops", "ops")).isFalse();

        change(with("stamp", 1, false));
        assertThat(hashes.sealed("ops")).isEmpty();
        assertThat(credentials.remove("ops", "ops")).isFalse();

        change(with("stamp", 0, false));
        keepBoth();
        change(with("stamp", 0, true));
        assertThat(hashes.sealed("ops")).isEmpty();
        assertThat(credentials.remove("ops", "ops")).isFalse();
    }

    @Test
    void aUserHasOneSessionCredentialAndNobodyElseHasIt() {
        assertThat(credentials.add("ops", "ops")).isTrue();
        assertThat(credentials.add("Ops", "ops")).isFalse();
        assertThat(credentials.add("nobody", "ops")).isFalse();
        assertThat(credentials.remove("nobody", "ops")).isFalse();
        assertThat(credentials.remove("oPS", "ops")).isTrue();
        assertThat(credentials.remove("ops", "ops")).isFalse();
    }

    @Test
    void theFirstKeyIsKeptUntilWhoKnowsItPutsAnotherInItsPlace() {
        SqlPasswordKeyRecords keys = new SqlPasswordKeyRecords(database);
        Stored first = new Stored("certificate 1", "sealed 1");
        Stored second = new Stored("certificate 2", "sealed 2");

        assertThat(keys.find()).isEmpty();
        assertThat(List.of(keys.keep(Optional.empty(), first), keys.keep(Optional.empty(), second)))
                .containsOnly(first);
        assertThat(keys.keep(Optional.of(second), second)).isEqualTo(first);
        assertThat(keys.keep(Optional.of(first), second)).isEqualTo(second);
        assertThat(keys.find()).contains(second);
    }
}
