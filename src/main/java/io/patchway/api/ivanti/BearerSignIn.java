package io.patchway.api.ivanti;

import io.javalin.http.Context;
import io.patchway.access.User;
import java.util.Optional;
import java.util.function.Function;

/** A bearer token of Patchway. It is not offered as a challenge: scripts of Security Controls know none. */
public final class BearerSignIn implements SignInMethod {
    private static final String SCHEME = "Bearer ";

    private final Function<String, Optional<User>> tokens;

    /** @param tokens whom a token belongs to; empty when it counts no more */
    public BearerSignIn(Function<String, Optional<User>> tokens) {
        this.tokens = tokens;
    }

    @Override
    public Optional<String> challenge(Context context) {
        return Optional.empty();
    }

    @Override
    public Answer answer(Context context) {
        String header = Optional.ofNullable(context.header("Authorization")).orElse("");
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new NotMine();
        }
        return tokens.apply(header.substring(SCHEME.length()).strip())
                .<Answer>map(SignedIn::new)
                .orElseGet(() -> new Refused("what was given is no valid bearer token"));
    }
}
