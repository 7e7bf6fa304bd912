package io.patchway.mail;

import jakarta.mail.PasswordAuthentication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.component.mail.MailAuthenticator;

/** Signs in at the mail server. The password is read from its file each time, so that it can be changed there. */
final class MailSignIn extends MailAuthenticator {
    private final String username;
    private final Path passwordFile;

    MailSignIn(String username, Path passwordFile) {
        this.username = username;
        this.passwordFile = passwordFile;
    }

    @Override
    public PasswordAuthentication getPasswordAuthentication() {
        try {
            String password = Files.readString(passwordFile).lines().findFirst().orElse("");
            return new PasswordAuthentication(username, password);
        } catch (IOException e) {
            throw new UncheckedIOException("The mail server's password cannot be read from " + passwordFile, e);
        }
    }
}
