package io.patchway.cli;

import io.patchway.access.AccessKey;
import io.patchway.access.KeyDesk;
import io.patchway.access.KeyDesk.Issued;
import io.patchway.access.Role;
import io.patchway.config.AccessKeyOrder;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code key issue}, {@code key list}, {@code key rotate} and {@code key revoke}: the access keys of clients. */
public final class KeyCommand {
    /** The calls that it knows. */
    public static final String USAGE = "key issue ACCOUNT --role viewer|operator|administrator [--valid-for 90d],"
            + " key list, key rotate ID [--keep-for 24h], key revoke ID";

    private static final int WRONG_CALL = 64;
    private static final int NOT_POSSIBLE = 1;
    private static final String ACTOR = "command line";

    private final KeyDesk desk;
    private final Clock clock;
    private final PrintStream out;

    public KeyCommand(KeyDesk desk, Clock clock, PrintStream out) {
        this.desk = desk;
        this.clock = clock;
        this.out = out;
    }

    /**
     * Does what the words behind {@code key} say.
     *
     * @return the exit code: 0; 1 when there is no such key; 64 when the words are wrong
     */
    public int run(List<String> words) {
        try {
            return switch (words.isEmpty() ? "" : words.get(0)) {
                case "issue" -> issue(words.subList(1, words.size()));
                case "list" -> list(words);
                case "rotate" -> rotate(words.subList(1, words.size()));
                case "revoke" -> revoke(words.subList(1, words.size()));
                default -> throw new IllegalArgumentException("known: " + USAGE);
            };
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return WRONG_CALL;
        }
    }

    private int issue(List<String> words) {
        CommandWords read = CommandWords.of(words, USAGE);
        Role role = RoleWords.role(
                read.option("role").orElseThrow(() -> new IllegalArgumentException("say --role: " + RoleWords.all())));
        Optional<Duration> validFor = read.option("valid-for").map(AccessKeyOrder::duration);
        read.refuseOthers("role", "valid-for");
        print(desk.issue(read.subject(), role, validFor, ACTOR));
        return 0;
    }

    private int list(List<String> words) {
        if (words.size() > 1) {
            throw new IllegalArgumentException("key list takes no further words");
        }
        desk.all().forEach(this::print);
        return 0;
    }

    private int rotate(List<String> words) {
        CommandWords read = CommandWords.of(words, USAGE);
        Duration keepFor = read.option("keep-for").map(AccessKeyOrder::duration).orElse(AccessKeyOrder.KEEP);
        read.refuseOthers("keep-for");
        Optional<Issued> issued = desk.rotate(read.subject(), keepFor, ACTOR);
        issued.ifPresentOrElse(this::print, this::tellUnknown);
        return issued.isPresent() ? 0 : NOT_POSSIBLE;
    }

    private int revoke(List<String> words) {
        CommandWords read = CommandWords.of(words, USAGE);
        read.refuseOthers();
        if (!desk.revoke(read.subject(), ACTOR)) {
            tellUnknown();
            return NOT_POSSIBLE;
        }
        out.println("Access key " + read.subject() + " is refused from now on");
        return 0;
    }

    private void print(Issued issued) {
        out.println("AWS_ACCESS_KEY_ID=" + issued.key().id());
        out.println("AWS_SECRET_ACCESS_KEY=" + issued.secret());
        out.println("Keep the secret now: it is not shown again.");
    }

    private void print(AccessKey key) {
        String state = key.revokedAt()
                .map(at -> "revoked " + at)
                .or(() -> key.expiresAt().map(at -> (key.isValidAt(clock.instant()) ? "until " : "expired ") + at))
                .orElse("valid");
        String use = key.lastUsedAt().map(at -> "last used " + at).orElse("never used");
        out.printf(
                "%s  %s  %s  issued %s  %s  %s%n",
                key.id(), RoleWords.word(key.role()), key.account(), key.createdAt(), state, use);
    }

    private void tellUnknown() {
        out.println("There is no such access key that is valid");
    }
}
