package io.patchway;

import io.patchway.access.PasswordKey;
import io.patchway.access.PasswordSignIn.Admitted;
import io.patchway.access.PasswordSignIn.TooMany;
import io.patchway.access.RememberedSignIn;
import io.patchway.access.Role;
import io.patchway.access.User;
import io.patchway.api.ivanti.BasicSignIn;
import io.patchway.api.ivanti.BasicSignIn.Passwords;
import io.patchway.api.ivanti.BearerSignIn;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.SignInMethod;
import io.patchway.api.ivanti.credential.CertificateResource;
import io.patchway.api.ivanti.credential.CredentialsResource;
import io.patchway.api.ivanti.credential.SessionCredentialsResource;
import io.patchway.api.ivanti.ntlm.NtlmRounds;
import io.patchway.api.ivanti.ntlm.NtlmSignIn;
import io.patchway.api.web.ApiToken;
import io.patchway.config.Settings;
import io.patchway.console.ConsoleItems;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** How scripts of Security Controls sign in, and what they hand over to do so. */
final class IvantiSignIn {
    private static final String DOOR = "ivanti";

    private final Settings settings;
    private final UserKeeping users;
    private final RememberedSignIn remembered;
    private final PasswordKey key;
    private final CredentialsResource credentials;

    IvantiSignIn(Settings settings, UserKeeping users, ConsoleItems items, Clock clock) {
        this.settings = settings;
        this.users = users;
        this.remembered = users.passwords();
        this.key = users.passwordKey();
        this.credentials = new CredentialsResource(items, clock);
    }

    /** Whether every caller comes through a proxy that ends TLS. */
    static boolean behindProxy(Settings settings) {
        return settings.truth("patchway.ivanti.behind-tls-proxy", false);
    }

    /**
     * The ways to sign in, in the order in which they are offered.
     *
     * @param node the name of this node
     * @param ownToken that of Patchway's own API, which may do everything
     */
    List<SignInMethod> methods(String node, ApiToken ownToken) {
        boolean proxyKeepsClientsApart = settings.truth("patchway.ivanti.ntlm-through-proxy", false);
        boolean sharing = behindProxy(settings) && !proxyKeepsClientsApart;
        NtlmRounds ntlm = users.ntlmRounds(node);
        return List.of(
                new BearerSignIn(token -> owner(token, ownToken)),
                new NtlmSignIn("Negotiate", ntlm, sharing),
                new NtlmSignIn("NTLM", ntlm, sharing),
                new BasicSignIn(passwords(), behindProxy(settings)));
    }

    private Optional<User> owner(String token, ApiToken ownToken) {
        return ownToken.admits("Bearer " + token)
                ? Optional.of(new User("api", Role.ADMINISTRATOR, Set.of(), Optional.empty()))
                : users.tokens().apply(token);
    }

    private Passwords passwords() {
        return (given, address) -> check(given, address);
    }

    private SignInMethod.Answer check(BasicSignIn.Credentials given, String address) {
        return switch (remembered.check(DOOR, given.name(), given.password(), address)) {
            case Admitted admitted ->
                new SignInMethod.SignedIn(admitted.account().user());
            case TooMany tooMany -> new SignInMethod.TooMany(tooMany.pause());
            // The audit log has it already.
            default -> new SignInMethod.Refused("");
        };
    }

    List<IvantiResource> resources() {
        return List.of(
                new SessionCredentialsResource(users.sessionCredentials(), passwords(), key),
                new CertificateResource(key),
                credentials);
    }

    /** Whether there is a credential with this id. */
    boolean isCredential(UUID id) {
        return credentials.exists(id);
    }
}
