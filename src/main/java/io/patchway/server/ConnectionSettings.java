package io.patchway.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

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
     * @param shell what runs scripts there
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
            RemoteShell shell,
            boolean anyHostKey)
            implements ConnectionSettings {

        /** To a host whose key is known. */
        public Ssh(
                String host,
                int port,
                String user,
                Path privateKey,
                Optional<Path> passphraseFile,
                Path knownHosts,
                RemoteShell shell) {
            this(host, port, user, privateKey, passphraseFile, knownHosts, shell, false);
        }

        /** To a host with a POSIX shell whose key is known. */
        public Ssh(
                String host, int port, String user, Path privateKey, Optional<Path> passphraseFile, Path knownHosts) {
            this(host, port, user, privateKey, passphraseFile, knownHosts, RemoteShell.SH);
        }

        /** The same host, whatever key it shows. */
        public Ssh withAnyHostKey() {
            return new Ssh(host, port, user, privateKey, passphraseFile, knownHosts, shell, true);
        }
    }

    /** What runs scripts on a server that is reached over SSH. */
    enum RemoteShell {
        /** A POSIX {@code sh}. */
        SH,
        /** Windows PowerShell: the server is patched through its Windows Update Agent. */
        POWERSHELL
    }

    /**
     * Over WinRM, to a Windows server.
     *
     * @param host name or address; over HTTPS it must be in the server's certificate
     * @param port 1 to 65535
     * @param user {@code name}, {@code DOMAIN\name} or {@code name@domain}; an administrator
     * @param passwordFile file whose first line is the password
     * @param https whether the connection is encrypted by TLS; without, NTLM encrypts the messages
     * @param authentication how the user is proven
     * @param trustedCertificates PEM file with the certificates that the server's certificate may go back to; empty:
     *     those that Java trusts
     */
    record WinRm(
            String host,
            int port,
            String user,
            Path passwordFile,
            boolean https,
            Authentication authentication,
            Optional<Path> trustedCertificates)
            implements ConnectionSettings {

        /** @throws IllegalArgumentException when the password or the work would travel unprotected */
        public WinRm {
            if (!https && authentication != Authentication.NTLM) {
                throw new IllegalArgumentException(
                        "without https only ntlm is allowed, which encrypts the messages by itself");
            }
        }

        /** How a user is proven to WinRM. */
        public enum Authentication {
            NTLM,
            KERBEROS,
            /** The password itself; over HTTPS only. */
            BASIC
        }
    }

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
