package io.patchway.mail;

import io.patchway.run.ExecutionIds;
import io.patchway.run.MailOutbox.PendingMail;
import io.patchway.run.RequestReport;
import io.patchway.run.RunLedger;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the mails from what the ledger recorded. Thread-safe. */
public final class MailComposer {
    /** Servers that a mail describes one by one; beyond these it gives numbers. */
    static final int DESCRIBED_SERVERS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(MailComposer.class);
    private static final Session SESSION = Session.getInstance(new Properties());

    private final RunLedger ledger;
    private final MailTemplates templates;
    private final InternetAddress from;
    private final ExecutionIds ids;

    MailComposer(RunLedger ledger, MailTemplates templates, String from, ExecutionIds ids) {
        this.ledger = ledger;
        this.templates = templates;
        this.from = new MailAddress(from).internetAddress();
        this.ids = ids;
    }

    /** Writes a mail. */
    public OutgoingMessage compose(PendingMail mail) throws MessagingException {
        RequestReport report = ledger.report(mail.request(), DESCRIBED_SERVERS)
                .orElseThrow(() -> new IllegalStateException("nothing is recorded about request " + mail.request()));
        return switch (mail.kind()) {
            case REQUESTED -> message(mail, report, "requested", RequestedView.of(report, ids));
            case VERDICT -> message(mail, report, "verdict", VerdictView.of(report, ids));
            case RETURNED -> message(mail, report, "returned", ReturnedView.of(report));
        };
    }

    private OutgoingMessage message(PendingMail mail, RequestReport report, String template, MailView view)
            throws MessagingException {
        List<InternetAddress> recipients = report.request().recipients().stream()
                .flatMap(recipient -> address(recipient, mail).stream())
                .toList();
        List<InternetAddress> waiting = recipients.stream()
                .filter(recipient -> !mail.settled().contains(recipient.getAddress()))
                .toList();
        OutgoingMessage message = new OutgoingMessage(SESSION, mail.messageId(), waiting);
        message.setFrom(from);
        if (recipients.isEmpty()) {
            message.setHeader("To", "undisclosed-recipients:;");
        } else {
            message.setRecipients(Message.RecipientType.TO, recipients.toArray(InternetAddress[]::new));
        }
        message.setSubject(view.subject(), "UTF-8");
        message.setSentDate(Date.from(mail.createdAt()));
        message.setHeader("Auto-Submitted", "auto-generated");
        if (mail.answers().isPresent()) {
            message.setHeader("In-Reply-To", mail.answers().get());
            message.setHeader("References", mail.answers().get());
        }
        message.setContent(bodies(template, view));
        message.saveChanges();
        return message;
    }

    /** An address that slipped in unchecked must not keep the mail from the others. */
    private static Optional<InternetAddress> address(String recipient, PendingMail mail) {
        try {
            return Optional.of(new MailAddress(recipient).internetAddress());
        } catch (IllegalArgumentException e) {
            LOG.warn("Mail {} goes without one of its recipients: {}", mail.messageId(), e.getMessage());
            return Optional.empty();
        }
    }

    /** The plainest first: mail programs show the last one that they understand. */
    private MimeMultipart bodies(String template, MailView view) throws MessagingException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(templates.render(template + ".txt", view), "UTF-8", "plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(templates.render(template + ".html", view), "UTF-8", "html");
        return new MimeMultipart("alternative", text, html);
    }
}
