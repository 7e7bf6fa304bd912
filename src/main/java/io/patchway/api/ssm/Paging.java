package io.patchway.api.ssm;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Cuts lists into pages in the way of the service: {@code MaxResults} and an opaque {@code NextToken}. */
public final class Paging {
    private Paging() {}

    /** One page; without a token it is the last. */
    public record Cut<T>(List<T> entries, Optional<String> nextToken) {}

    /**
     * The page behind a token of a list whose order stays the same from call to call.
     *
     * @param most entries on the page
     * @throws SsmException {@code InvalidNextToken} when the token is none of ours
     */
    public static <T> Cut<T> of(List<T> all, Optional<String> token, int most) {
        int from = Math.min(offset(token), all.size());
        int to = Math.min(from + most, all.size());
        return new Cut<>(
                List.copyOf(all.subList(from, to)),
                to < all.size() ? Optional.of(token(String.valueOf(to))) : Optional.empty());
    }

    /** Makes a token of whatever says where the next page begins. */
    public static String token(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /** The position in a token; empty for the first page. */
    public static Optional<String> position(Optional<String> token) {
        try {
            return token.filter(text -> !text.isEmpty())
                    .map(text -> new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw badToken(token.orElse(""));
        }
    }

    private static int offset(Optional<String> token) {
        try {
            return position(token).map(Integer::parseUnsignedInt).orElse(0);
        } catch (NumberFormatException e) {
            throw badToken(token.orElse(""));
        }
    }

    public static SsmException badToken(String token) {
        return new SsmException(
                "InvalidNextToken", "The specified token is not valid: " + token + ". Start again without a token.");
    }
}
