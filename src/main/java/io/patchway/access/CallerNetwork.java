package io.patchway.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** The network that an address belongs to, as far as one caller can be thought to have all of it. */
public final class CallerNetwork {
    private static final int NETWORK_BYTES = 8;

    private CallerNetwork() {}

    /**
     * A short text that is the same for all addresses of one network: the address itself for IPv4, the first half for
     * IPv6, because who has one address there has all of its network.
     */
    public static String of(String address) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes.length == 4 ? bytes : Arrays.copyOf(bytes, NETWORK_BYTES));
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
