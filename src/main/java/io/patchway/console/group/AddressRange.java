package io.patchway.console.group;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Addresses from one to another, or those of a network: {@code 192.0.2.1-192.0.2.50}, {@code 192.0.2.0/24}. */
public record AddressRange(int length, BigInteger first, BigInteger last) {

    /** @return empty for what is no range */
    public static Optional<AddressRange> read(String text) {
        String[] ends = text.strip().split("\\s*-\\s*", 2);
        if (ends.length == 2) {
            byte[] first = bytes(ends[0]);
            byte[] last = bytes(ends[1]);
            return first.length == 0 || first.length != last.length
                    ? Optional.empty()
                    : ordered(first.length, number(first), number(last));
        }
        String[] network = text.strip().split("/", 2);
        byte[] base = bytes(network[0]);
        if (base.length == 0) {
            return Optional.empty();
        }
        return network.length == 1
                ? ordered(base.length, number(base), number(base))
                : prefix(network[1]).filter(bits -> bits <= base.length * 8).map(bits -> network(base, bits));
    }

    private static AddressRange network(byte[] base, int bits) {
        BigInteger hosts = BigInteger.ONE.shiftLeft(base.length * 8 - bits).subtract(BigInteger.ONE);
        BigInteger first = number(base).andNot(hosts);
        return new AddressRange(base.length, first, first.add(hosts));
    }

    private static Optional<Integer> prefix(String text) {
        return text.matches("[0-9]{1,3}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static Optional<AddressRange> ordered(int length, BigInteger first, BigInteger last) {
        return first.compareTo(last) > 0 ? Optional.empty() : Optional.of(new AddressRange(length, first, last));
    }

    /** Whether this is an address of the same kind, and in the range. */
    public boolean contains(String address) {
        byte[] bytes = bytes(address);
        return bytes.length == length
                && number(bytes).compareTo(first) >= 0
                && number(bytes).compareTo(last) <= 0;
    }

    private static BigInteger number(byte[] bytes) {
        return new BigInteger(1, bytes);
    }

    /** Only what looks like an address is looked at, so that no name is ever asked for. */
    private static byte[] bytes(String text) {
        try {
            return MachineNames.isAddress(text.strip())
                    ? InetAddress.getByName(text.strip()).getAddress()
                    : new byte[0];
        } catch (UnknownHostException e) {
            return new byte[0];
        }
    }
}
