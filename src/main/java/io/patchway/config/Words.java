package io.patchway.config;

import io.patchway.config.document.Kind;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of values that several documents share; every name is checked against a list of allowed characters. */
final class Words {
    static final Kind<ServerId> SERVER_ID = Kind.line(1, 128).as(ServerId::new);

    static final Kind<String> GROUP = Kind.matching(
            Server.GROUP_NAME, "1 to 128 letters, digits, '.', '_' or '-', beginning with a letter or digit");

    static final Kind<String> BASELINE_NAME =
            Kind.matching(Pattern.compile("[a-zA-Z0-9_.-]{3,128}"), "3 to 128 letters, digits, '_', '-' or '.'");

    static final Kind<String> TAG_KEY = Kind.matching(
            Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}"),
            "1 to 128 letters, digits, blanks or any of _ . : / = + - @");

    static final Kind<String> TAG_VALUE = Kind.matching(
            Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}"),
            "0 to 256 letters, digits, blanks or any of _ . : / = + - @");

    /** An account alias of CenturyLink Cloud. */
    static final Kind<String> ALIAS =
            Kind.matching(Pattern.compile("[A-Za-z0-9]{2,12}"), "2 to 12 letters or digits, such as PWAY");

    static final Kind<String> MAIL_ADDRESS = Kind.matching(
            Pattern.compile("(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
                    + "@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"),
            "one plain e-mail address such as team@example.com, without a name and without brackets");

    static final Kind<String> GATE_NAME = Kind.matching(
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}"),
            "1 to 100 letters, digits, '_', '-' or '.', beginning with a letter or digit");

    /** Such as {@code 90s}, {@code 15m}, {@code 2h} or {@code 7d}. */
    static final Kind<Duration> DURATION = Kind.line(1, 20).as(Words::duration);

    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,6})([smhd])");

    private Words() {}

    private static Duration duration(String text) {
        Matcher matcher = LENGTH.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a duration such as 90s, 15m, 2h or 7d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** A path; a relative one is meant from {@code folder}, and {@code ~/} is the home of the account that runs us. */
    static Kind<Path> path(Path folder) {
        return Kind.line(1, 4096).as(text -> {
            if (text.startsWith("~/")) {
                return Path.of(System.getProperty("user.home"), text.substring(2));
            }
            return folder.resolve(text).normalize();
        });
    }
}
