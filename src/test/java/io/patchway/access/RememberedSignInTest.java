package io.patchway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.access.PasswordHashes.Cost;
import io.patchway.access.PasswordSignIn.Admitted;
import io.patchway.access.PasswordSignIn.Refused;
import io.patchway.audit.RecordingAuditLog;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedSignInTest {
    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T12:00:00Z"));

    @Test
    void aPasswordThatIsChangedWhileItIsCheckedIsNotRemembered() throws IOException {
        TestUsers world = new TestUsers(folder, clock);
        world.add("ops", "the old password", Role.OPERATOR);
        AtomicInteger checks = new AtomicInteger();
        Users changing = whenNoted(world.users(), () -> {
            if (checks.getAndIncrement() == 0) {
                world.desk().setPassword("ops", Optional.of("the new password"), "test");
            }
        });
        PasswordSignIn signIn =
                new PasswordSignIn(changing, new PasswordHashes(new Cost(8, 1), 4), new RecordingAuditLog(), clock);
        RememberedSignIn remembered = new RememberedSignIn(signIn, changing, clock);

        assertThat(remembered.check("test", "ops", "the old password", "192.0.2.1"))
                .isInstanceOf(Admitted.class);
        assertThat(remembered.check("test", "ops", "the old password", "192.0.2.1"))
                .isInstanceOf(Refused.class);
        assertThat(remembered.check("test", "ops", "the new password", "192.0.2.1"))
                .isInstanceOf(Admitted.class);
        assertThat(checks).hasPositiveValue();
    }

    /** The users, with something that happens when the sign-in, which has checked the password, notes the network. */
    private static Users whenNoted(Users users, Runnable event) {
        return (Users) Proxy.newProxyInstance(
                Users.class.getClassLoader(), new Class<?>[] {Users.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("noteNetwork")) {
                        event.run();
                    }
                    try {
                        return method.invoke(users, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
