package io.patchway.connection;

import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.server.ConnectionSettings.Ssh;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;

/**
 * Whether a host shows a key that its operator has written down. Nothing is ever accepted on first sight, unless the
 * settings are those of a scan that takes any key; one that was revoked is refused even then.
 */
final class HostKeyCheck {
    private final String server;
    private final Ssh settings;
    private final KnownHosts knownHosts;
    private final List<KnownHosts.Line> lines;

    /** @param server how messages call the server */
    HostKeyCheck(String server, Ssh settings, KnownHosts knownHosts) {
        this.server = server;
        this.settings = settings;
        this.knownHosts = knownHosts;
        this.lines = knownHosts.linesFor(settings.host(), settings.port());
    }

    /** Why the key cannot be accepted; empty when it is the known one. */
    Optional<ServerFault> refuse(PublicKey shown) {
        Optional<KnownHosts.Line> revoked = lines.stream()
                .filter(line -> line.revoked() && line.holds(shown))
                .findFirst();
        if (revoked.isPresent()) {
            return Optional.of(changed(shown, "it is revoked in " + place(revoked.get())));
        }
        List<KnownHosts.Line> accepted =
                lines.stream().filter(line -> !line.revoked()).toList();
        if (settings.anyHostKey()) {
            return Optional.empty();
        }
        if (accepted.isEmpty()) {
            return Optional.of(unknown(shown));
        }
        if (accepted.stream().anyMatch(line -> line.holds(shown))) {
            return Optional.empty();
        }
        String known = accepted.stream()
                .map(line -> line.keyType() + " " + line.fingerprint() + " (" + place(line) + ")")
                .collect(Collectors.joining(", "));
        return Optional.of(changed(shown, "known is " + known));
    }

    /**
     * A proposal of host key algorithms in which those come first that the known keys can answer; a host with several
     * keys would otherwise show one that nobody wrote down.
     */
    String prefer(String proposal) {
        List<String> known = lines.stream()
                .filter(line -> !line.revoked())
                .flatMap(line -> KeyUtils.getAllEquivalentKeyTypes(line.keyType()).stream())
                .toList();
        List<String> all = List.of(proposal.split(","));
        return Stream.concat(all.stream().filter(known::contains), all.stream().filter(name -> !known.contains(name)))
                .collect(Collectors.joining(","));
    }

    private ServerFault unknown(PublicKey shown) {
        String unreadable = knownHosts.unreadable().isEmpty()
                ? ""
                : " (these lines of the file could not be understood: " + knownHosts.unreadable() + ")";
        return new ServerFault(
                Kind.HOST_KEY_UNKNOWN,
                "%s: no known host key for %s in %s%s; the host shows %s. Compare that fingerprint with the host itself, then add its key to the file (ssh-keyscan -p %d %s prints the line)."
                        .formatted(
                                server,
                                Faults.address(settings),
                                knownHosts.file(),
                                unreadable,
                                described(shown),
                                settings.port(),
                                settings.host()));
    }

    private ServerFault changed(PublicKey shown, String reason) {
        return new ServerFault(
                Kind.HOST_KEY_CHANGED,
                "%s: the host key of %s is not the known one: the host shows %s, %s. Somebody may be in between. If the host was installed anew, replace the line."
                        .formatted(server, Faults.address(settings), described(shown), reason));
    }

    private String place(KnownHosts.Line line) {
        return knownHosts.file() + " line " + line.number();
    }

    private static String described(PublicKey key) {
        return KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key);
    }
}
