package io.patchway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The values of {@code config/application.properties}, each of which an environment variable overrides
 * ({@code patchway.inbox} is {@code PATCHWAY_INBOX}).
 */
public final class Settings {
    private final Function<String, Optional<String>> lookup;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** @param lookup gives the value of a property, if it has one */
    public Settings(Function<String, Optional<String>> lookup) {
        this.lookup = lookup;
    }

    /** The value of a property; empty when it is absent or blank. */
    public Optional<String> text(String property) {
        known.add(property);
        return lookup.apply(property).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Those of the given names that nothing has asked for: they are misspelt, or not settings at all. */
    public List<String> unknown(Collection<String> given) {
        return given.stream().filter(name -> !known.contains(name)).sorted().toList();
    }

    /** Every setting that was asked for and has a value. */
    public Map<String, String> inUse() {
        Map<String, String> values = new TreeMap<>();
        known.forEach(property -> text(property).ifPresent(value -> values.put(property, value)));
        return values;
    }

    public String text(String property, String otherwise) {
        return text(property).orElse(otherwise);
    }

    public Optional<Path> path(String property) {
        return text(property).map(Path::of);
    }

    public Path path(String property, String otherwise) {
        return Path.of(text(property, otherwise));
    }

    /** @throws BadSettingException unless the value is {@code true} or {@code false} */
    public boolean truth(String property, boolean otherwise) {
        return text(property)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new BadSettingException(property, value, "true or false");
                })
                .orElse(otherwise);
    }

    /** @throws BadSettingException unless the value is a whole number from {@code least} to {@code most} */
    public int number(String property, int otherwise, int least, int most) {
        return text(property)
                .map(value -> {
                    String allowed = "a whole number from " + least + " to " + most;
                    try {
                        int number = Integer.parseInt(value);
                        if (number >= least && number <= most) {
                            return number;
                        }
                    } catch (NumberFormatException e) {
                        throw new BadSettingException(property, value, allowed);
                    }
                    throw new BadSettingException(property, value, allowed);
                })
                .orElse(otherwise);
    }

    /**
     * @throws BadSettingException unless the value is a number of {@code s}, {@code m}, {@code h} or {@code d}, such as
     *     15m
     */
    public Duration duration(String property, Duration otherwise) {
        return text(property)
                .map(value -> {
                    try {
                        return Duration.parse(value.endsWith("d") ? "P" + value : "PT" + value);
                    } catch (DateTimeParseException e) {
                        throw new BadSettingException(property, value, "a duration such as 90s, 15m, 2h or 90d");
                    }
                })
                .filter(duration -> !duration.isNegative() && !duration.isZero())
                .orElse(otherwise);
    }

    /**
     * @param most the longest that is allowed, in whole days
     * @throws BadSettingException unless the value is a number of {@code s}, {@code m}, {@code h} or {@code d} and not
     *     longer
     */
    public Duration duration(String property, Duration otherwise, Duration most) {
        Duration duration = duration(property, otherwise);
        if (duration.compareTo(most) > 0) {
            throw new BadSettingException(property, duration.toString(), "at most " + most.toDays() + "d");
        }
        return duration;
    }
}
