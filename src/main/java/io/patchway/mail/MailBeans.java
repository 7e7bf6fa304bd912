package io.patchway.mail;

import io.patchway.mail.MailSettings.Smtp;
import io.patchway.run.ExecutionIds;
import io.patchway.run.MailOutbox;
import io.patchway.run.RunLedger;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the mail routes call and where they deliver: to be bound in Camel's registry before the routes start. */
public final class MailBeans {
    /** The property that names where mails are handed over. */
    public static final String ENDPOINT_PROPERTY = "patchway.mail.endpoint";

    private static final String FOLDER_ENDPOINT = "direct:write-mail";

    private final MailSettings settings;
    private final Map<String, Object> beans = new LinkedHashMap<>();

    /**
     * @param ids how mails call server runs
     * @throws IllegalArgumentException when the certificates to trust cannot be read
     */
    public MailBeans(MailSettings settings, RunLedger ledger, MailOutbox outbox, ExecutionIds ids, Clock clock) {
        this.settings = settings;
        beans.put("mailRoom", new MailRoom(outbox, clock));
        beans.put(
                "mailComposer",
                new MailComposer(ledger, new MailTemplates(settings.templates()), settings.from(), ids));
        beans.put("mailFolder", new MailFolder(settings.outboxFolder()));
        settings.smtp().ifPresent(this::addSmtp);
    }

    private void addSmtp(Smtp smtp) {
        smtp.username()
                .ifPresent(name -> beans.put(
                        SmtpEndpoint.SIGN_IN,
                        new MailSignIn(name, smtp.passwordFile().orElseThrow())));
        smtp.trustedCertificates().ifPresent(file -> beans.put(SmtpEndpoint.TRUST, SmtpEndpoint.trust(file)));
    }

    /** The beans by the names that the routes use. */
    public Map<String, Object> byName() {
        return Map.copyOf(beans);
    }

    /** Where mails are handed over: the value of {@link #ENDPOINT_PROPERTY}. */
    public String endpoint() {
        return settings.smtp().map(SmtpEndpoint::uri).orElse(FOLDER_ENDPOINT);
    }
}
