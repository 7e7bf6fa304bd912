package io.patchway.connection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.sshd.client.config.hosts.HostPatternsHolder;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.config.hosts.KnownHostHashValue;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/**
 * A file in OpenSSH's known_hosts format (sshd(8)): plain, wildcard and hashed names, {@code @revoked}. Lines of
 * certificate authorities are passed over, because host certificates are not asked for.
 */
final class KnownHosts {
    private final Path file;
    private final Map<String, List<Line>> byName = new HashMap<>();
    private final List<Line> patterns = new ArrayList<>();
    private final List<Integer> unreadable = new ArrayList<>();

    private KnownHosts(Path file) {
        this.file = file;
    }

    /** @throws IOException when the file cannot be read; lines that make no sense are kept for {@link #unreadable} */
    static KnownHosts read(Path file) throws IOException {
        KnownHosts hosts = new KnownHosts(file);
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int number = 1; number <= lines.size(); number++) {
            String text = lines.get(number - 1).strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                hosts.add(number, text);
            }
        }
        return hosts;
    }

    /** What a file that is not there would say. */
    static KnownHosts none(Path file) {
        return new KnownHosts(file);
    }

    private void add(int number, String text) {
        Line line;
        try {
            KnownHostEntry entry = KnownHostEntry.parseKnownHostEntry(text);
            PublicKey key = entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
            if (key == null || "cert-authority".equals(entry.getMarker())) {
                return;
            }
            line = new Line(number, entry, key, "revoked".equals(entry.getMarker()));
        } catch (RuntimeException | IOException | GeneralSecurityException e) {
            unreadable.add(number);
            return;
        }
        if (line.entry.getHashedEntry() != null || !plainNames(text)) {
            patterns.add(line);
        } else {
            names(text)
                    .forEach(name -> byName.computeIfAbsent(name, any -> new ArrayList<>())
                            .add(line));
        }
    }

    private static boolean plainNames(String text) {
        return names(text).allMatch(HostPatternsHolder::isSpecificHostPattern);
    }

    private static Stream<String> names(String text) {
        String[] fields = text.split("\\s+", 3);
        return Stream.of((text.startsWith("@") ? fields[1] : fields[0])
                .toLowerCase(Locale.ROOT)
                .split(","));
    }

    /** The lines that speak of this host and port. */
    List<Line> linesFor(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        List<Line> named = byName.getOrDefault(KnownHostHashValue.createHostPattern(name, port), List.of());
        Stream<Line> matching = patterns.stream().filter(line -> line.entry.isHostMatch(name, port));
        return Stream.concat(named.stream(), matching).toList();
    }

    Path file() {
        return file;
    }

    /** Numbers of the lines that could not be understood. */
    List<Integer> unreadable() {
        return List.copyOf(unreadable);
    }

    /**
     * One line.
     *
     * @param number from 1
     * @param revoked whether the key must never be accepted
     */
    record Line(int number, KnownHostEntry entry, PublicKey key, boolean revoked) {
        boolean holds(PublicKey other) {
            return KeyUtils.compareKeys(key, other);
        }

        String keyType() {
            return KeyUtils.getKeyType(key);
        }

        String fingerprint() {
            return KeyUtils.getFingerPrint(key);
        }
    }
}
