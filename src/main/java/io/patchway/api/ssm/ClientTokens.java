package io.patchway.api.ssm;

import io.patchway.access.Caller;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Keeps a create call that a client repeats under its token from creating a second thing. */
public interface ClientTokens {

    /**
     * Creates a thing, or tells the id that it got when the same call came before.
     *
     * @param token as the client sent it; empty: the call is always a new one
     * @param request what is asked for, compared with what came under this token before
     * @param create stores the thing unless one with the new id exists, and answers with that id; it may be called
     *     again after a crash
     * @throws SsmException {@code IdempotentParameterMismatch} when the token came with another request before
     */
    String once(
            String operation, Caller caller, Optional<String> token, Object request, Function<NewId, String> create);

    /** The id of a thing that is about to be created; the same again when its call is repeated. */
    interface NewId {
        /** 17 hexadecimal digits, for baselines ({@code pb-}) and windows ({@code mw-}). */
        String hex17();

        /** For window targets and tasks. */
        UUID uuid();
    }
}
