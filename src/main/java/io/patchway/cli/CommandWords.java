package io.patchway.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The words of a command: what it is about, and options.
 *
 * @param options what stands behind {@code --NAME}, by the name
 */
record CommandWords(String subject, Map<String, String> options) {
    private static final String MARK = "--";

    /** @throws IllegalArgumentException unless there is one subject, and each option has a value and comes once */
    static CommandWords of(List<String> words, String usage) {
        String subject = "";
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean option = word.startsWith(MARK);
            if (option ? i + 1 == words.size() : !subject.isEmpty()) {
                throw new IllegalArgumentException("'" + word + "' is one word too many or too few; known: " + usage);
            }
            if (!option) {
                subject = word;
            } else if (options.put(word.substring(MARK.length()), words.get(++i)) != null) {
                throw new IllegalArgumentException(word + " stands there twice");
            }
        }
        if (subject.isEmpty()) {
            throw new IllegalArgumentException("something is missing; known: " + usage);
        }
        return new CommandWords(subject, options);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** @throws IllegalArgumentException when there are other options */
    void refuseOthers(String... known) {
        Set<String> names = Set.of(known);
        options.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(MARK + name + " is not an option here");
                });
    }
}
