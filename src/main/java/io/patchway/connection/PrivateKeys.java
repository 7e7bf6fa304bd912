package io.patchway.connection;

import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.server.ConnectionSettings.Ssh;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Private keys in OpenSSH or PEM files, with a passphrase or without; read anew when the file changes. */
final class PrivateKeys {
    private final FileCache<KeyPair> cache = new FileCache<>();

    /**
     * The key that the settings name.
     *
     * @param server how messages call the server
     * @throws ServerFault when a file is missing or unusable
     */
    KeyPair of(String server, Ssh settings) {
        List<Path> files = new ArrayList<>(List.of(settings.privateKey()));
        settings.passphraseFile().ifPresent(files::add);
        for (Path file : files) {
            if (!Files.isReadable(file)) {
                throw fault(server, file, "the file is missing or may not be read; name another, or set its rights");
            }
        }
        try {
            return cache.get(files, () -> read(server, settings));
        } catch (IOException e) {
            throw fault(server, settings.privateKey(), String.valueOf(e.getMessage()));
        }
    }

    void clear() {
        cache.clear();
    }

    private static KeyPair read(String server, Ssh settings) throws IOException {
        Path file = settings.privateKey();
        try (InputStream input = Files.newInputStream(file)) {
            Iterable<KeyPair> keys = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(file.toString()), input, passphrase(settings));
            Iterator<KeyPair> found = keys == null ? List.<KeyPair>of().iterator() : keys.iterator();
            if (!found.hasNext()) {
                throw fault(server, file, "it holds no private key in OpenSSH or PEM form");
            }
            return found.next();
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw e instanceof ServerFault known ? known : fault(server, file, unusable(settings));
        }
    }

    private static String unusable(Ssh settings) {
        return settings.passphraseFile()
                .map(file -> "it cannot be decrypted with the first line of " + file + ", or is no private key")
                .orElse("it is encrypted and no passphrase file is named, or it is no private key (ed25519, rsa,"
                        + " ecdsa)");
    }

    private static FilePasswordProvider passphrase(Ssh settings) throws IOException {
        if (settings.passphraseFile().isEmpty()) {
            return FilePasswordProvider.EMPTY;
        }
        List<String> lines = Files.readAllLines(settings.passphraseFile().get(), StandardCharsets.UTF_8);
        return FilePasswordProvider.of(lines.isEmpty() ? "" : lines.getFirst());
    }

    private static ServerFault fault(String server, Path file, String reason) {
        return new ServerFault(Kind.CONFIGURATION, server + ": private key " + file + " cannot be used: " + reason);
    }
}
