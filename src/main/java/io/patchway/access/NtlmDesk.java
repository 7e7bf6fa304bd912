package io.patchway.access;

import java.util.Optional;

/** Lets single users sign in by NTLM, which nobody may unless that was asked for. Thread-safe. */
public final class NtlmDesk {
    /** What whoever turns it on should know. */
    public static final String WARNING =
            "NTLM needs an unsalted MD4 hash of the password. It is kept sealed, but whoever gets hold of it can sign"
                    + " in as this user; use it for service accounts with a password of their own only, with the least"
                    + " role that does, and turn it off when no script needs it.";

    private final Users users;
    private final PasswordHashes passwords;
    private final NtHashes hashes;

    /** How an order ended. */
    public enum Outcome {
        DONE,
        /** There is no such user. */
        UNKNOWN,
        /** A user who is disabled signs in by nothing. */
        DISABLED,
        /** What was given is not the user's password. */
        WRONG_PASSWORD
    }

    public NtlmDesk(Users users, PasswordHashes passwords, NtHashes hashes) {
        this.users = users;
        this.passwords = passwords;
        this.hashes = hashes;
    }

    /** Whether a user may sign in by NTLM; empty when there is no such user. */
    public Optional<Boolean> isOn(String name) {
        return users.find(name).map(account -> hashes.isKept(account.key()));
    }

    /**
     * Lets a user sign in by NTLM until it gets another password or is disabled.
     *
     * @param password the user's, which its own hash does not tell
     * @throws TooManyHashesException when too many passwords are being checked at the moment
     */
    public Outcome turnOn(String name, String password, String actor) {
        Optional<UserAccount> account = users.find(name);
        if (account.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        if (!account.get().isEnabled()) {
            return Outcome.DISABLED;
        }
        boolean right = passwords.matches(password, account.get().passwordHash())
                && hashes.keep(account.get(), password, actor);
        return right ? Outcome.DONE : Outcome.WRONG_PASSWORD;
    }

    /**
     * Has a user refused who comes by NTLM, also on connections that are signed in; DONE also when it was so before.
     */
    public Outcome turnOff(String name, String actor) {
        if (users.find(name).isEmpty()) {
            return Outcome.UNKNOWN;
        }
        hashes.remove(name, actor);
        return Outcome.DONE;
    }
}
