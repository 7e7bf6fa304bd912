package io.patchway.api.ivanti;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
    private final boolean behindTlsProxy;

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
        this.behindTlsProxy = behindTlsProxy;
    }

    @Override
    public Optional<String> challenge(Context context) {
        return isPrivate(context) ? Optional.of("Basic realm=\"Patchway\", charset=\"UTF-8\"") : Optional.empty();
    }

    @Override
    public Answer answer(Context context) {
        String header = Optional.ofNullable(context.header("Authorization")).orElse("");
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new NotMine();
        }
        if (!isPrivate(context)) {
            return new Forbidden("A password is taken over https only. Change it: it has travelled in the clear.");
        }
        Optional<Credentials> given = read(header.substring(SCHEME.length()).strip());
        return given.map(credentials -> passwords.check(credentials, context.ip()))
                .orElseGet(() -> new Refused("what was given is no name and password"));
    }

    private boolean isPrivate(Context context) {
        return behindTlsProxy || context.scheme().equalsIgnoreCase("https") || isFromHere(context);
    }

    /** Also when a proxy passes the call on, it must have come from this machine, and over no network since. */
    private static boolean isFromHere(Context context) {
        return isLoopback(context.req().getRemoteAddr()) && isLoopback(context.ip());
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
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
