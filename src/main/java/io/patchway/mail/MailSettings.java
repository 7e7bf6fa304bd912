package io.patchway.mail;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How mails leave.
 *
 * @param smtp the mail server; empty: mails become files
 * @param from the address that mails come from
 * @param outboxFolder where mails become files, when there is no mail server or nobody to send them to
 * @param templates folder with the operator's templates; what is missing there is taken from those that ship with
 *     Patchway
 */
public record MailSettings(Optional<Smtp> smtp, String from, Path outboxFolder, Path templates) {

    /** @throws IllegalArgumentException when the sender's address is none */
    public MailSettings {
        from = new MailAddress(from).value();
    }

    /** The domain of the sender, for Message-IDs. */
    public String domain() {
        return from.substring(from.lastIndexOf('@') + 1);
    }

    /**
     * A mail server.
     *
     * @param host name or IPv4 address
     * @param port 1 to 65535
     * @param username empty: no sign-in
     * @param passwordFile file whose first line is the password; read at each sign-in
     * @param trustedCertificates PEM file with the certificates of the mail server's authority; empty: those that Java
     *     trusts
     */
    public record Smtp(
            String host,
            int port,
            StartTls startTls,
            Optional<String> username,
            Optional<Path> passwordFile,
            Optional<Path> trustedCertificates) {
        private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

        public Smtp {
            if (!HOST.matcher(host).matches()) {
                throw new IllegalArgumentException(
                        "the mail server's name may hold letters, digits, '.' and '-' and nothing else");
            }
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("the mail server's port is " + port + "; allowed are 1 to 65535");
            }
            if (username.isPresent() != passwordFile.isPresent()) {
                throw new IllegalArgumentException(
                        "signing in at the mail server takes both a user name and a password file");
            }
            if (username.isPresent() && startTls == StartTls.OFF) {
                throw new IllegalArgumentException(
                        "signing in at the mail server without STARTTLS would send the password in the clear");
            }
        }
    }

    /** Whether the connection is encrypted. */
    public enum StartTls {
        /** Nothing is sent over a connection that the server does not encrypt. */
        REQUIRED,
        OFF
    }
}
