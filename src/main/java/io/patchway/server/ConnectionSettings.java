package io.patchway.server;

import java.nio.file.Path;
import java.util.Optional;

/** How a server is reached. */
public sealed interface ConnectionSettings {

    /**
     * Over SSH with a key.
     *
     * @param host name or address
     * @param port 1 to 65535
     * @param user the account; {@code sudo -n} is used when it is not root
     * @param privateKey file with the private key (ed25519, rsa or ecdsa, OpenSSH or PEM)
     * @param passphraseFile file whose first line decrypts the key; empty for a key that is not encrypted
     * @param knownHosts file in OpenSSH's known_hosts format that holds the host's key
     * @param anyHostKey whether a host that shows another key is talked to all the same; no inventory says so, only a
     *     scan that an administrator ordered like that
     */
    record Ssh(
            String host,
            int port,
            String user,
            Path privateKey,
            Optional<Path> passphraseFile,
            Path knownHosts,
            boolean anyHostKey)
            implements ConnectionSettings {

        /** To a host whose key is known. */
        public Ssh(
                String host, int port, String user, Path privateKey, Optional<Path> passphraseFile, Path knownHosts) {
            this(host, port, user, privateKey, passphraseFile, knownHosts, false);
        }

        /** The same host, whatever key it shows. */
        public Ssh withAnyHostKey() {
            return new Ssh(host, port, user, privateKey, passphraseFile, knownHosts, true);
        }
    }

    /** This very machine, by a child process. */
    record Local() implements ConnectionSettings {}
}
