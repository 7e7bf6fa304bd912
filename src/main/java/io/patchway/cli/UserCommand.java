package io.patchway.cli;

import io.patchway.access.SigningKey;
import io.patchway.access.User;
import io.patchway.access.UserAccount;
import io.patchway.access.UserDesk;
import io.patchway.access.UserDesk.Admitted;
import io.patchway.access.UserDesk.Edit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code user add}, {@code user list} and the others: who signs in with a name and a password. */
public final class UserCommand {
    /** The calls that it knows. */
    public static final String USAGE =
            "user add NAME --role viewer|operator|administrator [--alias A,B] [--email ADDRESS] [--password-file"
                + " FILE|-], user change NAME [--role …] [--alias …|all] [--email …|none], user list, user password"
                + " NAME [--password-file FILE|-], user disable NAME, user enable NAME, user revoke-tokens NAME, user"
                + " renew-token-key";

    private static final int WRONG_CALL = 64;
    private static final int NOT_POSSIBLE = 1;
    private static final String ACTOR = "command line";
    private static final String PASSWORD = "password-file";

    private final UserDesk desk;
    private final SigningKey signingKey;
    private final InputStream in;
    private final PrintStream out;

    /** @param in where a password is read from when the file is {@code -} */
    public UserCommand(UserDesk desk, SigningKey signingKey, InputStream in, PrintStream out) {
        this.desk = desk;
        this.signingKey = signingKey;
        this.in = in;
        this.out = out;
    }

    /**
     * Does what the words behind {@code user} say.
     *
     * @return the exit code: 0; 1 when there is no such user, or it is there already; 64 when the words are wrong
     * @throws IOException when the password cannot be read
     */
    public int run(List<String> words) throws IOException {
        try {
            List<String> others = words.isEmpty() ? words : words.subList(1, words.size());
            return switch (words.isEmpty() ? "" : words.get(0)) {
                case "add" -> add(CommandWords.of(others, USAGE));
                case "change" -> change(CommandWords.of(others, USAGE));
                case "list" -> list(others);
                case "password" -> password(CommandWords.of(others, USAGE));
                case "disable" -> tell(desk.disable(name(others), ACTOR), "is refused from now on");
                case "enable" -> tell(desk.enable(name(others), ACTOR), "may sign in again");
                case "revoke-tokens" -> tell(desk.revokeTokens(name(others), ACTOR), "has no valid token any more");
                case "renew-token-key" -> renewTokenKey(others);
                default -> throw new IllegalArgumentException("known: " + USAGE);
            };
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return WRONG_CALL;
        }
    }

    private int add(CommandWords words) throws IOException {
        words.refuseOthers("role", "alias", "email", PASSWORD);
        User user = new User(
                words.subject(),
                RoleWords.role(words.option("role")
                        .orElseThrow(() -> new IllegalArgumentException("say --role: " + RoleWords.all()))),
                words.option("alias").map(UserCommand::aliases).orElse(Set.of()),
                words.option("email"));
        Optional<Admitted> added = desk.add(user, givenPassword(words), ACTOR);
        if (added.isEmpty()) {
            out.println("There is a user of this name already");
            return NOT_POSSIBLE;
        }
        return show(added.get(), "may sign in");
    }

    private int change(CommandWords words) {
        words.refuseOthers("role", "alias", "email");
        Edit edit = new Edit(
                words.option("role").map(RoleWords::role),
                words.option("alias").map(UserCommand::aliases),
                words.option("email").map(address -> address.equals("none") ? "" : address));
        return tell(desk.change(words.subject(), edit, ACTOR), "is changed");
    }

    private int password(CommandWords words) throws IOException {
        words.refuseOthers(PASSWORD);
        Optional<Admitted> given = desk.setPassword(words.subject(), givenPassword(words), ACTOR);
        return given.isEmpty() ? tellUnknown() : show(given.get(), "has a new password, and no valid token any more");
    }

    private int list(List<String> others) {
        refuse(others);
        desk.all().forEach(this::print);
        return 0;
    }

    private int renewTokenKey(List<String> others) {
        refuse(others);
        signingKey.replace(ACTOR);
        out.println("All bearer tokens of all users have ended; they must sign in again");
        return 0;
    }

    private static void refuse(List<String> others) {
        if (!others.isEmpty()) {
            throw new IllegalArgumentException("this command takes no further words");
        }
    }

    private static String name(List<String> words) {
        CommandWords read = CommandWords.of(words, USAGE);
        read.refuseOthers();
        return read.subject();
    }

    private static Set<String> aliases(String list) {
        return list.equals("all") ? Set.of() : new LinkedHashSet<>(List.of(list.split(",", -1)));
    }

    /** The first line of the file that is named; never a word of the command, which other accounts could see. */
    private Optional<String> givenPassword(CommandWords words) throws IOException {
        Optional<String> file = words.option(PASSWORD);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (BufferedReader reader = file.get().equals("-")
                ? new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file.get()))) {
            return Optional.of(Optional.ofNullable(reader.readLine()).orElse(""));
        }
    }

    private int show(Admitted admitted, String what) {
        out.println("User " + admitted.account().user().name() + " " + what);
        admitted.generated().ifPresent(password -> {
            out.println("PASSWORD=" + password);
            out.println("Keep the password now: it is not shown again.");
        });
        return 0;
    }

    private int tell(Optional<UserAccount> changed, String what) {
        if (changed.isEmpty()) {
            return tellUnknown();
        }
        out.println("User " + changed.get().user().name() + " " + what);
        return 0;
    }

    private int tellUnknown() {
        out.println("There is no such user");
        return NOT_POSSIBLE;
    }

    private void print(UserAccount account) {
        User user = account.user();
        out.printf(
                "%s  %s  %s  %s  added %s  %s%n",
                user.name(),
                RoleWords.word(user.role()),
                user.aliases().isEmpty() ? "all aliases" : String.join(",", user.aliases()),
                user.email().orElse("no e-mail"),
                account.createdAt(),
                account.disabledAt().map(since -> "disabled " + since).orElse("enabled"));
    }
}
