package io.patchway.config.document;

import java.util.Arrays;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a field may hold, and how it is read.
 *
 * @param <T> what it becomes
 */
@FunctionalInterface
public interface Kind<T> {

    /** @throws IllegalArgumentException when the value is not of this kind; its message says what is allowed */
    T read(Value value);

    /**
     * The same kind, made into something else.
     *
     * @param make refuses by an {@link IllegalArgumentException} whose message says what is allowed
     */
    default <R> Kind<R> as(Function<? super T, ? extends R> make) {
        return value -> make.apply(read(value));
    }

    /** Text of a length in characters, both ends included. */
    static Kind<String> text(int shortest, int longest) {
        return value -> {
            String text = plainText(value);
            int length = text.codePointCount(0, text.length());
            if (length < shortest || length > longest) {
                throw new IllegalArgumentException(
                        "must have %d to %d characters, but has %d".formatted(shortest, longest, length));
            }
            return text;
        };
    }

    /** One line of text of a length in characters, both ends included. */
    static Kind<String> line(int shortest, int longest) {
        return text(shortest, longest).as(text -> {
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("must be one line");
            }
            return text;
        });
    }

    /**
     * Text that matches a pattern as a whole.
     *
     * @param allowed the pattern in words, such as {@code 3 to 128 letters or digits}
     */
    static Kind<String> matching(Pattern pattern, String allowed) {
        return value -> {
            String text = plainText(value);
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException("must be " + allowed + ", but is " + quoted(text));
            }
            return text;
        };
    }

    /** A whole number, both ends included. */
    static Kind<Integer> integer(int least, int most) {
        return value -> {
            String allowed = "must be a whole number from " + least + " to " + most;
            if (!(value instanceof Value.Number number)) {
                throw new IllegalArgumentException(allowed + ", but is " + value.kind());
            }
            if (!number.literal().matches("-?[0-9]{1,9}")) {
                throw new IllegalArgumentException(allowed + ", but is " + number.literal());
            }
            int read = Integer.parseInt(number.literal());
            if (read < least || read > most) {
                throw new IllegalArgumentException(allowed + ", but is " + read);
            }
            return read;
        };
    }

    static Kind<Boolean> truth() {
        return value -> {
            if (value instanceof Value.Truth truth) {
                return truth.value();
            }
            throw new IllegalArgumentException("must be true or false, but is " + shown(value));
        };
    }

    /** One of the constants of an enumeration, spelt exactly. */
    static <E extends Enum<E>> Kind<E> constant(Class<E> type) {
        return choice(type, Enum::name, String::equals);
    }

    /**
     * One of the constants of an enumeration by its word in documents, letter case aside.
     *
     * @param word gives the word of a constant
     */
    static <E extends Enum<E>> Kind<E> word(Class<E> type, Function<? super E, String> word) {
        return choice(type, word, String::equalsIgnoreCase);
    }

    private static <E extends Enum<E>> Kind<E> choice(
            Class<E> type, Function<? super E, String> word, BiPredicate<String, String> same) {
        E[] constants = type.getEnumConstants();
        return value -> {
            String text = plainText(value);
            return Arrays.stream(constants)
                    .filter(constant -> same.test(word.apply(constant), text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("must be one of "
                            + Arrays.stream(constants).map(word).collect(Collectors.joining(", ")) + ", but is "
                            + quoted(text)));
        };
    }

    private static String plainText(Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        boolean scalar = value instanceof Value.Number || value instanceof Value.Truth;
        throw new IllegalArgumentException(
                "must be text, but is " + value.kind() + (scalar ? "; put it in quotes" : ""));
    }

    private static String shown(Value value) {
        return value instanceof Value.Text text ? quoted(text.text()) : value.kind();
    }

    private static String quoted(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return "'" + (line.length() > 60 ? line.substring(0, 60) + "…" : line) + "'";
    }
}
