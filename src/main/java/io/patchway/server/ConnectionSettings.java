package io.patchway.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** How a server is reached. */
public sealed interface ConnectionSettings {

    /**
     * Over SSH with a key, to a host whose key is known.
     *
     * @param host name or address
     * @param port 1 to 65535
     * @param user the account; {@code sudo -n} is used when it is not root
     * @param privateKey file with the private key (ed25519, rsa or ecdsa, OpenSSH or PEM)
     * @param passphraseFile file whose first line decrypts the key; empty for a key that is not encrypted
     * @param knownHosts file in OpenSSH's known_hosts format that holds the host's key
     */
    record Ssh(String host, int port, String user, Path privateKey, Optional<Path> passphraseFile, Path knownHosts)
            implements ConnectionSettings {}

    /** This very machine, by a child process. */
    record Local() implements ConnectionSettings {}

    /**
     * Not by us: another site patches it, a Patchway or whatever else speaks the API of CenturyLink Cloud.
     *
     * @param url where the site is, without the {@code /v2}: {@code https}, or {@code http} when that was allowed
     * @param alias the account alias to work under; empty: the user's own
     * @param user who signs in there
     * @param passwordFile file whose first line is the password
     * @param server what the site calls the server
     * @param scriptPackage id of the package that a request which names none asks for
     * @param trustedCertificates PEM file with the certificates of the site's authority; empty: those that Java trusts
     */
    record Http(
            URI url,
            Optional<String> alias,
            String user,
            Path passwordFile,
            String server,
            UUID scriptPackage,
            Optional<Path> trustedCertificates)
            implements ConnectionSettings {}
}
