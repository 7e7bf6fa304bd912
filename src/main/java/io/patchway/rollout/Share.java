package io.patchway.rollout;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of servers, or a percentage of all servers of a request.
 *
 * @param amount from 0; at most 100 as a percentage
 */
public record Share(int amount, boolean percent) {
    /** All servers. */
    public static final Share ALL = new Share(100, true);

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,6})(%?)");

    public Share {
        if (amount < 0 || (percent && amount > 100)) {
            throw new IllegalArgumentException("must be a number of servers, or from 0% to 100%");
        }
    }

    public static Share of(int servers) {
        return new Share(servers, false);
    }

    /** @throws IllegalArgumentException unless the text is a whole number, or a whole number and a percent sign */
    public static Share of(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a number of servers such as 3, or a percentage such as \"5%\"");
        }
        return new Share(Integer.parseInt(matcher.group(1)), !matcher.group(2).isEmpty());
    }

    /** So many of {@code total} servers, what is left of a server not counted. */
    public int roundedDown(int total) {
        return percent ? (int) ((long) total * amount / 100) : Math.min(amount, total);
    }

    /** So many of {@code total} servers, what is left of a server counted as one. */
    public int roundedUp(int total) {
        return percent ? (int) (((long) total * amount + 99) / 100) : Math.min(amount, total);
    }

    @Override
    public String toString() {
        return percent ? amount + "%" : Integer.toString(amount);
    }
}
