package io.patchway.console.group;

import io.patchway.server.ConnectionSettings.Http;
import io.patchway.server.ConnectionSettings.Local;
import io.patchway.server.ConnectionSettings.Ssh;
import io.patchway.server.ConnectionSettings.WinRm;
import io.patchway.server.Server;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a server is called on its network: by its short name, full name, domain and address. */
public final class MachineNames {
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*");

    private static final Pattern FULL_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+\\.?");

    private MachineNames() {}

    /** The name or address that it is reached by. */
    public static String host(Server server) {
        return switch (server.connection()) {
            case Ssh ssh -> ssh.host();
            case WinRm winRm -> winRm.host();
            case Local local -> "localhost";
            case Http elsewhere -> elsewhere.server();
        };
    }

    /** Whether this has the form of an IPv4 or IPv6 address. */
    public static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /** Its address, where the inventory has one. */
    public static Optional<String> address(Server server) {
        return Optional.of(host(server)).filter(MachineNames::isAddress);
    }

    /** Its full name, where the inventory has one. */
    public static Optional<String> dnsName(Server server) {
        return Optional.of(host(server))
                .filter(MachineNames::isFullName)
                .or(() -> Optional.of(server.name()).filter(MachineNames::isFullName));
    }

    /** The domain of its full name; empty without one. */
    public static String domain(Server server) {
        return dnsName(server).map(MachineNames::domainOf).orElse("");
    }

    /** Whether this is a name with a domain. */
    public static boolean isFullName(String name) {
        return !isAddress(name) && FULL_NAME.matcher(name).matches();
    }

    /** The domain of a full name. */
    public static String domainOf(String fullName) {
        return fullName.substring(fullName.indexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** A name without its domain; an address as it is. */
    public static String shortName(String name) {
        return isFullName(name) ? firstLabel(name) : name;
    }

    static String firstLabel(String name) {
        return isAddress(name) || name.indexOf('.') < 0 ? name : name.substring(0, name.indexOf('.'));
    }
}
