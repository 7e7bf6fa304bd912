package io.patchway.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Ed25519 keys in a directory that only its owner can read; made once. */
record RehearsalKeys(Path directory) {
    private static final int BITS = 256;

    static RehearsalKeys in(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new RehearsalKeys(directory);
    }

    Path file(String name) {
        return directory.resolve(name + "_ed25519");
    }

    /** The key of this name; a new one when there is none yet. */
    KeyPair key(String name) throws IOException, GeneralSecurityException {
        Path file = file(name);
        if (Files.notExists(file)) {
            KeyPair made = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, BITS);
            try (OutputStream output = Files.newOutputStream(ownersOnly(file))) {
                OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(made, name, null, output);
            }
        }
        try (InputStream input = Files.newInputStream(file)) {
            return SecurityUtils.loadKeyPairIdentities(
                            null, NamedResource.ofName(file.toString()), input, FilePasswordProvider.EMPTY)
                    .iterator()
                    .next();
        }
    }

    /** Writes a file that nobody else may read. */
    Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        return Files.writeString(ownersOnly(file), text);
    }

    private static Path ownersOnly(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Files.createFile(
                    file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.createFile(file);
    }
}
