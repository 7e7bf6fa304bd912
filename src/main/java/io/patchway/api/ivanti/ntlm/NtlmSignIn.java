package io.patchway.api.ivanti.ntlm;

import io.javalin.http.Context;
import io.patchway.api.ivanti.SignInMethod;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.util.Attributes;

/**
 * Sign-in by NTLM, under one of the names that HTTP has for it. It is offered as long as some user may sign in by it.
 * What is signed in is the connection; so where a proxy stands before Patchway it is refused, unless a setting says
 * that the proxy has a connection of its own for each client.
 */
public final class NtlmSignIn implements SignInMethod {
    private static final List<String> SIGNS_OF_PROXIES =
            List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP");

    private final String scheme;
    private final NtlmRounds rounds;
    private final boolean behindSharingProxy;

    /**
     * @param scheme {@code NTLM}, or {@code Negotiate}, of which raw messages of NTLM are understood
     * @param behindSharingProxy whether one connection may carry the calls of several clients
     */
    public NtlmSignIn(String scheme, NtlmRounds rounds, boolean behindSharingProxy) {
        this.scheme = scheme;
        this.rounds = rounds;
        this.behindSharingProxy = behindSharingProxy;
    }

    @Override
    public Optional<String> challenge(Context context) {
        return hasOwnConnection(context) && rounds.isOffered() ? Optional.of(scheme) : Optional.empty();
    }

    @Override
    public Answer answer(Context context) {
        Optional<String> header = Optional.ofNullable(context.header("Authorization"));
        if (header.isEmpty()) {
            return hasOwnConnection(context) ? rounds.signedIn(connection(context)) : new NotMine();
        }
        String[] words = header.get().strip().split("\\s+", 2);
        if (!words[0].equalsIgnoreCase(scheme)) {
            return new NotMine();
        }
        if (!hasOwnConnection(context)) {
            return new Refused("NTLM does not go through a proxy");
        }
        Answer answer = rounds.next(connection(context), words.length < 2 ? "" : words[1], context.ip());
        return answer instanceof GoOn next ? new GoOn(scheme + " " + next.challenge()) : answer;
    }

    private boolean hasOwnConnection(Context context) {
        return !behindSharingProxy && SIGNS_OF_PROXIES.stream().allMatch(name -> context.header(name) == null);
    }

    /** What lives and dies with the TCP connection. */
    private static Attributes connection(Context context) {
        return ServletContextRequest.getServletContextRequest(context.req()).getConnectionMetaData();
    }
}
