package io.patchway.api.ivanti;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * HTTP Basic. A password is taken only over TLS, or from this very machine: whoever sends one in the clear is told so,
 * and it is not even looked at.
 */
public final class BasicSignIn implements SignInMethod {
    private static final String SCHEME = "Basic ";

    private final Passwords passwords;
    private final PrivateWay way;

    /**
     * A name and a password as they were given.
     *
     * @param name without the Windows domain
     */
    public record Credentials(String name, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** Tells whose name and password these are. */
    public interface Passwords {
        /** @param address of the caller */
        Answer check(Credentials given, String address);
    }

    /**
     * @param passwords tells whose name and password these are
     * @param behindTlsProxy whether every caller comes through a proxy that ends TLS
     */
    public BasicSignIn(Passwords passwords, boolean behindTlsProxy) {
        this.passwords = passwords;
        this.way = new PrivateWay(behindTlsProxy);
    }

    @Override
    public Optional<String> challenge(Context context) {
        return way.isThatOf(context) ? Optional.of("Basic realm=\"Patchway\", charset=\"UTF-8\"") : Optional.empty();
    }

    @Override
    public Answer answer(Context context) {
        String header = Optional.ofNullable(context.header("Authorization")).orElse("");
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new NotMine();
        }
        if (!way.isThatOf(context)) {
            return new Forbidden("A password is taken over https only. Change it: it has travelled in the clear.");
        }
        Optional<Credentials> given = read(header.substring(SCHEME.length()).strip());
        return given.map(credentials -> passwords.check(credentials, context.ip()))
                .orElseGet(() -> new Refused("what was given is no name and password"));
    }

    private static Optional<Credentials> read(String encoded) {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Credentials(withoutDomain(text.substring(0, colon)), text.substring(colon + 1)));
    }

    /** {@code DOMAIN\name}, as Windows writes it; Patchway has no domains. */
    static String withoutDomain(String name) {
        return name.substring(name.indexOf('\\') + 1);
    }
}
