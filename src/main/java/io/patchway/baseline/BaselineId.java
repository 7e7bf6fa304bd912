package io.patchway.baseline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a baseline that no other baseline ever has.
 *
 * @param value {@code pb-} and 17 hexadecimal digits
 */
public record BaselineId(String value) implements Comparable<BaselineId> {
    private static final String PREFIX = "pb-";
    private static final int DIGITS = 17;
    private static final String ARN_TAIL = ":patchbaseline/";
    private static final Pattern FORM = Pattern.compile("pb-[0-9a-zA-Z]{17}");

    /** @throws IllegalArgumentException when it has another form */
    public BaselineId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no baseline id: pb- and 17 hexadecimal digits");
        }
    }

    /** The id of a predefined baseline, or of one that a file holds: always the same for the same name. */
    public static BaselineId ofName(String name) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(("baseline\n" + name).getBytes(StandardCharsets.UTF_8));
            return new BaselineId(PREFIX + HexFormat.of().formatHex(hash).substring(0, DIGITS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Reads an id, or an ARN that ends in one: {@code arn:aws:ssm:REGION:ACCOUNT:patchbaseline/pb-…}. */
    public static Optional<BaselineId> read(String text) {
        int tail = text.startsWith("arn:") ? text.indexOf(ARN_TAIL) : -1;
        String bare = tail < 0 ? text : text.substring(tail + ARN_TAIL.length());
        return Optional.of(bare).filter(FORM.asMatchPredicate()).map(BaselineId::new);
    }

    @Override
    public int compareTo(BaselineId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
