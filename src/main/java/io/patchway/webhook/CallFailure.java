package io.patchway.webhook;

import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * Why a receiver did not take a delivery.
 *
 * @param forGood whether it said that it never will
 * @param text for people; holds neither the address, which may be a secret, nor what the receiver wrote
 */
record CallFailure(boolean forGood, String text) {
    private static final int GONE = 410;

    static CallFailure of(Exception failure) {
        if (failure instanceof HttpOperationFailedException answer) {
            int status = answer.getStatusCode();
            String redirect = status / 100 == 3 ? ", which redirects; redirections are not followed" : "";
            return new CallFailure(status == GONE, "the receiver answered with status " + status + redirect);
        }
        Throwable root = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .limit(20)
                .reduce(failure, (outer, inner) -> inner);
        return new CallFailure(false, root.getClass().getSimpleName() + ": " + root.getMessage());
    }
}
