package io.patchway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.SettableClock;
import io.patchway.access.UserDesk.Admitted;
import io.patchway.access.UserDesk.Edit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserDeskTest {
    private static final Optional<String> GENERATED = Optional.empty();

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T12:00:00Z"));
    private TestUsers world;
    private UserDesk desk;

    @BeforeEach
    void open() throws IOException {
        world = new TestUsers(folder, clock);
        desk = world.desk();
    }

    @Test
    void thereIsNoUserUntilSomebodyAddsOne() {
        assertThat(desk.all()).isEmpty();
    }

    @Test
    void passwordsThatAreMadeHereAreLongAndNeverTheSame() {
        Admitted one = desk.add(TestUsers.named("one"), GENERATED, "root").orElseThrow();
        Admitted two = desk.add(TestUsers.named("two"), GENERATED, "root").orElseThrow();

        assertThat(one.generated().orElseThrow())
                .hasSize(24)
                .isNotEqualTo(two.generated().orElseThrow());
        assertThat(one.toString() + one.account())
                .doesNotContain(one.generated().orElseThrow(), one.account().passwordHash());
    }

    @Test
    void everyChangeIsRecordedWithWhoDidIt() {
        desk.add(new User("ops", Role.OPERATOR, Set.of("ALFA"), Optional.empty()), GENERATED, "root");
        desk.change(
                "OPS",
                new Edit(Optional.of(Role.VIEWER), Optional.of(Set.of()), Optional.of("ops@example.org")),
                "api 192.0.2.1");
        desk.setPassword("ops", GENERATED, "root");
        desk.disable("ops", "root");
        desk.enable("ops", "root");
        desk.revokeTokens("ops", "root");

        assertThat(world.users().audited())
                .containsExactly(
                        "root | user.added | ops",
                        "api 192.0.2.1 | user.changed | ops | OPERATOR under ALFA, no mails → VIEWER under all aliases,"
                                + " mails to ops@example.org",
                        "root | user.password-set | ops | its tokens end",
                        "root | user.disabled | ops | its tokens end",
                        "root | user.enabled | ops | ",
                        "root | user.tokens-revoked | ops | ");
    }

    @Test
    void whoIsDisabledTwiceWasDisabledTheFirstTime() {
        desk.add(TestUsers.named("ops"), GENERATED, "root");
        desk.disable("ops", "root");
        Instant first = clock.instant();
        clock.set(first.plusSeconds(60));

        assertThat(desk.disable("ops", "root").orElseThrow().disabledAt()).contains(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ops", "ops ", "-ops", "o:ps", "o\nps", "ops\u0130", "o'ps", "DOMAIN\\ops"})
    void aNameHasPlainLettersOnly(String name) {
        assertThatThrownBy(() -> desk.add(TestUsers.named(name), GENERATED, "root"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name of a user");
        assertThat(desk.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "two\nlines of it", "demoUser1"})
    void aPasswordThatCannotBeOneChangesNothing(String password) {
        assertThatThrownBy(() -> desk.add(TestUsers.named("DemoUser1"), Optional.of(password), "root"))
                .isInstanceOf(IllegalArgumentException.class);
        world.add("DemoUser1", "mypassword", Role.VIEWER);
        assertThatThrownBy(() -> desk.setPassword("demouser1", Optional.of(password), "root"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(world.users().audited()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "x@y\r\nBcc: z@y", "a@b@c", "<x@example.org>", "x@example.org, y@example.org", "x@exa mple"
            })
    void anAddressThatIsNotOneIsRefused(String email) {
        User user = new User("ops", Role.VIEWER, Set.of(), Optional.of(email));

        assertThatThrownBy(() -> desk.add(user, GENERATED, "root"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("e-mail");
    }

    @Test
    void aliasesAreComparedWithoutLetterCaseAndNoneMeansAll() {
        User some = new User("ops", Role.VIEWER, Set.of("alfa"), Optional.empty());

        assertThat(some.aliases()).containsExactly("ALFA");
        assertThat(some.mayWorkUnder("AlFa")).isTrue();
        assertThat(some.mayWorkUnder("BRAVO")).isFalse();
        assertThat(TestUsers.named("ops").mayWorkUnder("BRAVO")).isTrue();
    }
}
