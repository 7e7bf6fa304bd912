package io.patchway.access;

import java.util.Locale;
import java.util.regex.Pattern;

/** What users may look like. */
final class UserRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._@-]{0,99}");
    private static final Pattern ALIAS = Pattern.compile("[A-Z0-9]{1,20}");
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern EMAIL =
            Pattern.compile(ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")*");
    private static final int LONGEST_EMAIL = 254;
    private static final int MOST_ALIASES = 100;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 256;

    private UserRules() {}

    static boolean isName(String text) {
        return NAME.matcher(text).matches() && !text.endsWith(" ");
    }

    /** @throws IllegalArgumentException when there cannot be such a user */
    static void check(User user) {
        if (!isName(user.name())) {
            throw new IllegalArgumentException(
                    "the name of a user is 1 to 100 letters, digits, spaces and . _ @ -, a letter or digit first");
        }
        if (user.aliases().size() > MOST_ALIASES) {
            throw new IllegalArgumentException("a user has at most " + MOST_ALIASES + " account aliases");
        }
        user.aliases().stream()
                .filter(alias -> !ALIAS.matcher(alias).matches())
                .findFirst()
                .ifPresent(alias -> {
                    throw new IllegalArgumentException("an account alias is 1 to 20 letters and digits");
                });
        if (user.email().filter(email -> !isAddress(email)).isPresent()) {
            throw new IllegalArgumentException("the e-mail address must be one plain address such as team@example.org");
        }
    }

    private static boolean isAddress(String text) {
        return text.length() <= LONGEST_EMAIL && EMAIL.matcher(text).matches();
    }

    /** @throws IllegalArgumentException when it cannot be the password of this user */
    static void checkPassword(String password, String name) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
            throw new IllegalArgumentException(
                    "a password has " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters");
        }
        if (password.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a password is one line without control characters");
        }
        if (password.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("a password must not be the name of its user");
        }
    }

    /** A user without its name, for the audit log. */
    static String described(User user) {
        return user.role() + " under "
                + (user.aliases().isEmpty() ? "all aliases" : String.join(", ", user.aliases()))
                + user.email().map(address -> ", mails to " + address).orElse(", no mails");
    }
}
