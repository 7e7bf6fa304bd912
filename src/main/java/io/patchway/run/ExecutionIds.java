package io.patchway.run;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form in which execution numbers are shown to people and tools: {@code WA1-132457}.
 *
 * @param location code of the place that this installation stands for: 2 to 4 letters or digits, kept in upper case
 */
public record ExecutionIds(String location) {
    private static final Pattern LOCATION = Pattern.compile("[A-Z0-9]{2,4}");
    private static final Pattern ID = Pattern.compile("([A-Z0-9]{2,4})-([1-9][0-9]{0,17})");

    /** What is used when nobody said anything else. */
    public static final ExecutionIds STANDARD = new ExecutionIds("WA1");

    /** @throws IllegalArgumentException when the location is something else */
    public ExecutionIds {
        location = location.toUpperCase(Locale.ROOT);
        if (!LOCATION.matcher(location).matches()) {
            throw new IllegalArgumentException("a location is 2 to 4 letters or digits, such as WA1");
        }
    }

    /** The execution id, such as {@code WA1-132457}. */
    public String of(ExecutionNumber number) {
        return location + "-" + number;
    }

    /** The same in lower case, as CenturyLink Cloud writes the ids of operations: {@code wa1-132457}. */
    public String statusId(ExecutionNumber number) {
        return of(number).toLowerCase(Locale.ROOT);
    }

    /** The number that an id of this location stands for, whatever its letter case; empty for any other text. */
    public Optional<ExecutionNumber> read(String id) {
        Matcher matcher = ID.matcher(id.toUpperCase(Locale.ROOT));
        return matcher.matches() && matcher.group(1).equals(location)
                ? Optional.of(new ExecutionNumber(Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
