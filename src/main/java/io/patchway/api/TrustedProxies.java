package io.patchway.api;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxies whose word counts on where a call comes from. Each adds to the end of {@code X-Forwarded-For} whom it was
 * called by; what stands before the last address that no trusted proxy has, anybody may have written.
 */
public final class TrustedProxies {
    /** Every call comes from where its connection comes from. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private static final String HEADER = "X-Forwarded-For";
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]*)\\](?::[0-9]{1,5})?|([0-9.]+):[0-9]{1,5}");

    private final List<Network> networks;

    private TrustedProxies(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    /** @param bits how many of the address count, from the left */
    private record Network(InetAddress address, int bits) {
        static Network read(String text) {
            String[] parts = text.split("/", 2);
            InetAddress address = literal(parts[0])
                    .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no address and no network"));
            int most = address.getAddress().length * Byte.SIZE;
            int bits = parts.length == 1 ? most : number(parts[1]);
            if (bits < 0 || bits > most) {
                throw new IllegalArgumentException("'" + text + "' is no network: after the slash stand 0 to " + most);
            }
            return new Network(address, bits);
        }

        private static int number(String text) {
            return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
        }

        boolean contains(InetAddress other) {
            byte[] own = address.getAddress();
            byte[] its = other.getAddress();
            int whole = bits / Byte.SIZE;
            if (own.length != its.length || !Arrays.equals(own, 0, whole, its, 0, whole)) {
                return false;
            }
            int rest = Byte.SIZE - bits % Byte.SIZE;
            return rest == Byte.SIZE || (own[whole] & 0xff) >> rest == (its[whole] & 0xff) >> rest;
        }
    }

    /**
     * Those of a setting.
     *
     * @param list addresses and networks such as {@code 10.0.0.0/8}, with commas between them
     * @throws IllegalArgumentException when one of them is neither; the message says which
     */
    public static TrustedProxies of(String list) {
        return new TrustedProxies(Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Network::read)
                .toList());
    }

    /** Where a call comes from: the address of its connection, or what a trusted proxy says. */
    String callerOf(Context call) {
        String nearest = call.req().getRemoteAddr();
        if (!isTrusted(nearest)) {
            return nearest;
        }
        List<String> forwarded = Collections.list(call.req().getHeaders(HEADER)).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .toList();
        for (String text : forwarded.reversed()) {
            Optional<InetAddress> address = literal(withoutPort(text));
            if (address.isEmpty()) {
                return nearest;
            }
            nearest = address.get().getHostAddress();
            if (!isTrusted(nearest)) {
                return nearest;
            }
        }
        return nearest;
    }

    private boolean isTrusted(String address) {
        return literal(withoutPort(address))
                .filter(found -> networks.stream().anyMatch(network -> network.contains(found)))
                .isPresent();
    }

    /** Some proxies add the port, and IPv6 addresses stand in brackets then. */
    private static String withoutPort(String text) {
        Matcher matcher = WITH_PORT.matcher(text);
        return matcher.matches() ? Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2)) : text;
    }

    /** An address that is written out; a name is none, and nobody is asked for it. */
    private static Optional<InetAddress> literal(String text) {
        if (V4.matcher(text).matches()) {
            return parsed(text);
        }
        return V6.matcher(text).matches() ? parsed("[" + text + "]") : Optional.empty();
    }

    private static Optional<InetAddress> parsed(String literal) {
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
