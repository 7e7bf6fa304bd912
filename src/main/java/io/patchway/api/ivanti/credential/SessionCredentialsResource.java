package io.patchway.api.ivanti.credential;

import io.patchway.access.PasswordKey;
import io.patchway.access.Role;
import io.patchway.access.SessionCredentials;
import io.patchway.api.ivanti.BasicSignIn.Credentials;
import io.patchway.api.ivanti.BasicSignIn.Passwords;
import io.patchway.api.ivanti.IvantiCall;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.IvantiRoutes;
import io.patchway.api.ivanti.SignInMethod.SignedIn;
import io.patchway.api.ivanti.SignInMethod.TooMany;
import io.patchway.api.ivanti.credential.PasswordObject.Clear;
import io.patchway.api.ivanti.credential.PasswordObject.Closed;
import java.util.UUID;

/**
 * {@code /sessioncredentials}: the ritual at the head of the published scripts. Patchway needs no session credential;
 * it checks the password, and remembers that it was given.
 */
public final class SessionCredentialsResource implements IvantiResource {
    private static final String PATH = "sessioncredentials";
    private static final String WRONG = "The password is not that of the account that makes this call, or could not be"
            + " opened with the key of this console. A sealed one is AES-128-CBC over UTF-16LE, under a key wrapped by"
            + " RSA-OAEP with SHA-1 for the certificate of configuration/certificate.";

    private final SessionCredentials credentials;
    private final Passwords passwords;
    private final PasswordKey key;

    /** @param passwords tells whose name and password these are */
    public SessionCredentialsResource(SessionCredentials credentials, Passwords passwords, PasswordKey key) {
        this.credentials = credentials;
        this.passwords = passwords;
        this.key = key;
    }

    private record Created(boolean created) {}

    @Override
    public void addTo(IvantiRoutes routes) {
        routes.add("POST", PATH, Role.VIEWER, this::create).add("DELETE", PATH, Role.VIEWER, this::delete);
    }

    private void create(IvantiCall call) {
        String password = password(call);
        String user = call.user().name();
        switch (passwords.check(new Credentials(user, password), call.address())) {
            case SignedIn ignored -> {}
            case TooMany tooMany -> {
                long seconds = tooMany.pause().toSeconds() + 1;
                call.header("Retry-After", Long.toString(seconds));
                throw new IvantiRefusal(429, "Too many wrong passwords; wait " + seconds + " seconds.");
            }
            default -> throw new IvantiRefusal(400, WRONG);
        }
        if (!credentials.add(user, call.actor())) {
            throw new IvantiRefusal(409, "There is a session credential of this account already.");
        }
        call.answer(new Created(true));
    }

    /** One that does not open is a wrong password, and counts as one: nobody learns which of the two it was. */
    private String password(IvantiCall call) {
        return switch (PasswordObject.read(call.body(), call)) {
            case Clear clear -> clear.password();
            case Closed closed ->
                key.open(closed.seal()).orElseGet(() -> UUID.randomUUID().toString());
        };
    }

    private void delete(IvantiCall call) {
        if (!credentials.remove(call.user().name(), call.actor())) {
            throw new IvantiRefusal(404, "There is no session credential of this account.");
        }
        call.done();
    }
}
