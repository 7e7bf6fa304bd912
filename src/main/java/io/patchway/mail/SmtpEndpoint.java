package io.patchway.mail;

import io.patchway.mail.MailSettings.Smtp;
import io.patchway.mail.MailSettings.StartTls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** The address of the mail server as Camel wants it. No secret is part of it. */
final class SmtpEndpoint {
    static final String SIGN_IN = "mailSignIn";
    static final String TRUST = "mailTrust";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private SmtpEndpoint() {}

    static String uri(Smtp smtp) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("connectionTimeout", String.valueOf(PATIENCE.toMillis()));
        options.put("mail.smtp.writetimeout", String.valueOf(PATIENCE.toMillis()));
        options.put("mail.smtp.sendpartial", "true");
        if (smtp.startTls() == StartTls.REQUIRED) {
            options.put("mail.smtp.starttls.enable", "true");
            options.put("mail.smtp.starttls.required", "true");
            options.put("mail.smtp.ssl.checkserveridentity", "true");
        }
        smtp.username().ifPresent(name -> options.put("authenticator", "#" + SIGN_IN));
        smtp.trustedCertificates().ifPresent(file -> options.put("sslContextParameters", "#" + TRUST));
        return "smtp:" + smtp.host() + ":" + smtp.port()
                + options.entrySet().stream()
                        .map(option -> option.getKey() + "=" + option.getValue())
                        .collect(Collectors.joining("&", "?", ""));
    }

    /** Trusts the certificates of a PEM file and no others. */
    static SSLContextParameters trust(Path certificates) {
        try (InputStream input = Files.newInputStream(certificates)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(input)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            TrustManagersParameters managers = new TrustManagersParameters();
            managers.setTrustManager(factory.getTrustManagers()[0]);
            SSLContextParameters parameters = new SSLContextParameters();
            parameters.setTrustManagers(managers);
            return parameters;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the certificates of the mail server's authority cannot be read from " + certificates + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
