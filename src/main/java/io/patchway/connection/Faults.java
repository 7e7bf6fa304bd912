package io.patchway.connection;

import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.server.ConnectionSettings.Ssh;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;

/** What goes wrong on the way to a server, in words for its operator. */
final class Faults {
    private final String server;
    private final Ssh settings;

    /** @param server how messages call the server */
    Faults(String server, Ssh settings) {
        this.server = server;
        this.settings = settings;
    }

    static String address(Ssh settings) {
        return settings.host() + ":" + settings.port();
    }

    ServerFault notConnected(Throwable cause) {
        String reason = switch (root(cause)) {
            case UnresolvedAddressException unresolved ->
                "the name cannot be resolved; check it and this machine's resolver";
            case ConnectException refused
            when words(refused).contains("refused") ->
                "connection refused; nothing listens there, the host may be booting, or the port is another";
            case NoRouteToHostException noRoute -> "no route to the host; check the address and the network";
            case Throwable other -> words(other);
        };
        return new ServerFault(Kind.UNREACHABLE, there() + "cannot connect: " + reason, cause);
    }

    ServerFault noAnswer(String stage, Duration waited) {
        return new ServerFault(
                Kind.UNREACHABLE,
                there() + "no answer within " + seconds(waited) + " while " + stage
                        + "; the host may be down or booting, or a firewall drops the packets");
    }

    /** @param greeting what the host said before the login, such as the text of pam_nologin; may be empty */
    ServerFault loginRefused(String greeting, Throwable cause) {
        String said = greeting.isBlank() ? "" : "; the host says: " + greeting.strip();
        return new ServerFault(
                Kind.LOGIN_REFUSED,
                "%slogin of %s with key %s was refused (%s)%s. Check that the public key is in that account's authorized_keys; while a host boots or shuts down this is normal."
                        .formatted(there(), settings.user(), settings.privateKey(), words(root(cause)), said),
                cause);
    }

    /** The connection was there, but no login came about. */
    ServerFault noSession(Throwable cause) {
        boolean disagreed = root(cause) instanceof SshException ssh
                && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED;
        return new ServerFault(
                disagreed ? Kind.CONFIGURATION : Kind.UNREACHABLE,
                there() + "no SSH session: " + words(root(cause))
                        + (disagreed ? "; the host's sshd offers no algorithm that is still safe" : ""),
                cause);
    }

    /** @param when such as {@code before scan could start} */
    ServerFault lost(String when, Throwable cause) {
        return new ServerFault(
                Kind.UNREACHABLE, there() + "connection lost " + when + ": " + words(root(cause)), cause);
    }

    ServerFault deadline(String script, Duration deadline) {
        return new ServerFault(
                Kind.UNREACHABLE, there() + script + " did not end within " + seconds(deadline) + " and was left");
    }

    ServerFault refused(RefusedShell refused) {
        if (refused.kind() == Kind.LOGIN_REFUSED) {
            return new ServerFault(refused.kind(), there() + "the host lets nobody in just now: " + refused.words());
        }
        return new ServerFault(
                refused.kind(),
                "%s%s may not become root: %s. Allow it in sudoers without a password (%s ALL=(root) NOPASSWD: ...), or log in as root."
                        .formatted(there(), settings.user(), refused.words(), settings.user()));
    }

    ServerFault knownHostsUnreadable(Throwable cause) {
        return new ServerFault(
                Kind.CONFIGURATION,
                there() + "known hosts file " + settings.knownHosts()
                        + " cannot be read; create it, with one line for each host (ssh-keyscan prints it)",
                cause);
    }

    private String there() {
        return server + " (" + settings.user() + "@" + address(settings) + "): ";
    }

    static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static Throwable root(Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private static String words(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }
}
