package io.patchway.connection.site;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * Why a call got no answer.
 *
 * @param unsent whether not a byte of it can have arrived: there was never a connection
 * @param text for people
 */
public record CallTrouble(boolean unsent, String text) {
    private static final List<Class<? extends Exception>> BEFORE_SENDING = List.of(
            ConnectException.class,
            ConnectTimeoutException.class,
            ConnectionRequestTimeoutException.class,
            UnknownHostException.class,
            NoRouteToHostException.class,
            SSLHandshakeException.class,
            SSLPeerUnverifiedException.class);

    public static CallTrouble of(SiteCall call, Exception failure) {
        List<Throwable> causes = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .limit(20)
                .toList();
        boolean unsent =
                causes.stream().anyMatch(cause -> BEFORE_SENDING.stream().anyMatch(type -> type.isInstance(cause)));
        Throwable root = causes.getLast();
        return new CallTrouble(
                unsent,
                "%s does not answer: %s: %s"
                        .formatted(call.site().url(), root.getClass().getSimpleName(), root.getMessage()));
    }
}
