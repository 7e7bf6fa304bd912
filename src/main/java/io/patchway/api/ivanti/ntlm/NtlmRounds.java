package io.patchway.api.ivanti.ntlm;

import io.patchway.access.NtHashes;
import io.patchway.access.NtHashes.Kept;
import io.patchway.access.PasswordSignIn;
import io.patchway.access.PasswordSignIn.Admitted;
import io.patchway.access.PasswordSignIn.TooMany;
import io.patchway.access.UserAccount;
import io.patchway.access.Users;
import io.patchway.api.ivanti.SignInMethod;
import io.patchway.api.ivanti.SignInMethod.Answer;
import io.patchway.api.ivanti.SignInMethod.GoOn;
import io.patchway.api.ivanti.SignInMethod.NotMine;
import io.patchway.api.ivanti.SignInMethod.Refused;
import io.patchway.api.ivanti.SignInMethod.SignedIn;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jetty.util.Attributes;

/**
 * The three messages of a sign-in by NTLM, and what a connection remembers of them: its challenge for a minute and one
 * answer, and who has signed in on it, until it was idle for five minutes, or that user is disabled, gets another
 * password, or may not sign in by NTLM any more. Thread-safe.
 */
public final class NtlmRounds {
    private static final String DOOR = "ivanti";
    private static final String PENDING = NtlmRounds.class.getName() + ".pending";
    private static final String SESSION = NtlmRounds.class.getName() + ".session";
    private static final Duration CHALLENGE_LIFE = Duration.ofMinutes(1);
    private static final Duration IDLE_LIFE = Duration.ofMinutes(5);
    private static final int NONCE_BYTES = 8;
    private static final int HASH_BYTES = 16;

    private final Users users;
    private final NtHashes hashes;
    private final PasswordSignIn signIn;
    private final String name;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final byte[] nobodys;

    private record Pending(Challenge challenge, Instant until) {}

    private record Session(String user, Kept kept, Instant until) {}

    /** @param name what this server is called */
    public NtlmRounds(Users users, NtHashes hashes, PasswordSignIn signIn, String name, Clock clock) {
        this.users = users;
        this.hashes = hashes;
        this.signIn = signIn;
        this.name = name;
        this.clock = clock;
        this.nobodys = fresh(HASH_BYTES);
    }

    /** Whether any user may sign in like this. */
    boolean isOffered() {
        return hashes.isAnyKept();
    }

    /** Who has signed in on a connection, for a call that does not say who it is from. */
    Answer signedIn(Attributes connection) {
        Object found = connection.getAttribute(SESSION);
        if (!(found instanceof Session session)) {
            return new NotMine();
        }
        Optional<UserAccount> account = Optional.of(session)
                .filter(present -> present.until().isAfter(clock.instant()))
                .filter(present -> hashes.isStill(present.user(), present.kept()))
                .flatMap(present -> users.find(present.user()))
                .filter(UserAccount::isEnabled);
        if (account.isEmpty()) {
            connection.removeAttribute(SESSION);
            return new NotMine();
        }
        open(connection, session.user(), session.kept());
        return new SignedIn(account.get().user());
    }

    /**
     * Takes the next message on a connection.
     *
     * @param message in Base64
     * @param address of the client
     */
    Answer next(Attributes connection, String message, String address) {
        connection.removeAttribute(SESSION);
        Object pending = connection.removeAttribute(PENDING);
        if (!isOffered()) {
            return new Refused("no user may sign in by NTLM");
        }
        try {
            NtlmBytes bytes = NtlmBytes.of(message);
            if (bytes.type() == 1) {
                return challenge(connection, Negotiation.of(bytes));
            }
            ClientResponse response = ClientResponse.of(bytes);
            return pending instanceof Pending open && open.until().isAfter(clock.instant())
                    ? check(connection, open.challenge(), response, address)
                    : new Refused("the answer belongs to no challenge of this connection");
        } catch (BadNtlmException e) {
            return new Refused(e.getMessage());
        }
    }

    private Answer challenge(Attributes connection, Negotiation negotiation) {
        Instant now = clock.instant();
        Challenge challenge = Challenge.of(negotiation, fresh(NONCE_BYTES), name, now);
        connection.setAttribute(PENDING, new Pending(challenge, now.plus(CHALLENGE_LIFE)));
        return new GoOn(challenge.base64());
    }

    /** A user of whom no hash is kept takes as long as one with a wrong password. */
    private Answer check(Attributes connection, Challenge challenge, ClientResponse response, String address) {
        Optional<Kept> kept = hashes.find(response.user());
        byte[] hash = kept.map(Kept::hash).orElse(nobodys);
        PasswordSignIn.Answer answer = signIn.checkProof(
                DOOR, response.user(), () -> NtlmV2.isRight(hash, challenge, response) && kept.isPresent(), address);
        return switch (answer) {
            case Admitted admitted -> {
                open(connection, admitted.account().key(), kept.orElseThrow());
                yield new SignedIn(admitted.account().user());
            }
            case TooMany tooMany -> new SignInMethod.TooMany(tooMany.pause());
            // The audit log has it already.
            case PasswordSignIn.Refused ignored -> new Refused("");
        };
    }

    private void open(Attributes connection, String user, Kept kept) {
        connection.setAttribute(SESSION, new Session(user, kept, clock.instant().plus(IDLE_LIFE)));
    }

    private byte[] fresh(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
