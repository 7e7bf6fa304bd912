package io.patchway.api.ivanti;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.Context;
import io.patchway.api.ivanti.SignInMethod.Forbidden;
import io.patchway.api.ivanti.SignInMethod.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a password is looked at, and where it has travelled in the clear. */
class BasicSignInTest {
    private final AtomicInteger looks = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({"http,127.0.0.1,false", "http,::1,false", "https,192.0.2.7,false", "http,192.0.2.7,true"})
    void aPasswordIsLookedAtWhereNobodyCouldReadIt(String scheme, String address, boolean behindProxy) {
        BasicSignIn signIn = signIn(behindProxy);
        Context call = call(scheme, address);

        assertThat(signIn.challenge(call)).isPresent();
        assertThat(signIn.answer(call)).isInstanceOf(Refused.class);
        assertThat(looks).hasValue(1);
    }

    @Test
    void aPasswordThatTravelledInTheClearIsNotEvenLookedAt() {
        BasicSignIn signIn = signIn(false);
        Context call = call("http", "192.0.2.7");

        assertThat(signIn.challenge(call)).isEmpty();
        assertThat(signIn.answer(call)).isInstanceOf(Forbidden.class);
        assertThat(looks).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,192.0.2.7", "192.0.2.1,127.0.0.1"})
    void aProxyOnThisMachineOrElsewhereMakesNoCallOneFromHere(String connection, String caller) {
        BasicSignIn signIn = signIn(false);
        Context call = call("http", connection, caller);

        assertThat(signIn.challenge(call)).isEmpty();
        assertThat(signIn.answer(call)).isInstanceOf(Forbidden.class);
        assertThat(looks).hasValue(0);
    }

    private BasicSignIn signIn(boolean behindProxy) {
        return new BasicSignIn(
                (given, address) -> {
                    looks.incrementAndGet();
                    return new Refused("wrong");
                },
                behindProxy);
    }

    private static Context call(String scheme, String address) {
        return call(scheme, address, address);
    }

    private static Context call(String scheme, String connection, String address) {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "header" -> ConsoleClient.basic("vera", "secret");
                    case "scheme" -> scheme;
                    case "ip" -> address;
                    case "req" -> request(connection);
                    default -> throw new IllegalStateException("not asked for: " + method);
                });
    }

    private static HttpServletRequest request(String connection) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> connection;
                    default -> throw new IllegalStateException("not asked for: " + method);
                });
    }
}
