package io.patchway.api.ivanti;

import io.javalin.http.Context;
import io.patchway.access.User;
import java.time.Duration;
import java.util.Optional;

/** One way to sign in. Asked in turn; the first one that knows what to make of a call decides. */
public interface SignInMethod {

    /**
     * What {@code WWW-Authenticate} says of it to a caller who has not signed in.
     *
     * @return empty when it is not offered to this caller
     */
    Optional<String> challenge(Context context);

    /** Who calls; reads headers and the connection alone. */
    Answer answer(Context context);

    /** What became of the sign-in. */
    sealed interface Answer {}

    /** The call does not try to sign in this way. */
    record NotMine() implements Answer {}

    /** The caller is this user. */
    record SignedIn(User user) implements Answer {}

    /**
     * The caller tried, and is refused.
     *
     * @param reason for the audit log; the caller does not hear it
     */
    record Refused(String reason) implements Answer {}

    /**
     * The sign-in takes another step.
     *
     * @param challenge the {@code WWW-Authenticate} header that the caller must answer
     */
    record GoOn(String challenge) implements Answer {}

    /**
     * The caller has tried too often; this time nothing was looked at.
     *
     * @param pause until it may try again
     */
    record TooMany(Duration pause) implements Answer {}

    /**
     * What the caller sends must not travel like this.
     *
     * @param message for the caller
     */
    record Forbidden(String message) implements Answer {}
}
