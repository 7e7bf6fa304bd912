package io.patchway.api.ivanti;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Tells whether nobody can have read a call on its way: it came over TLS, or from this very machine.
 *
 * @param behindTlsProxy whether every caller comes through a proxy that ends TLS
 */
record PrivateWay(boolean behindTlsProxy) {

    boolean isThatOf(Context call) {
        return behindTlsProxy || call.scheme().equalsIgnoreCase("https") || isFromHere(call);
    }

    /** Also when a proxy passes the call on, it must have come from this machine, and over no network since. */
    private static boolean isFromHere(Context call) {
        return isLoopback(call.req().getRemoteAddr()) && isLoopback(call.ip());
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
