package io.patchway.mail;

import io.patchway.run.MailOutbox.PendingMail;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts mails into a folder as {@code .eml} files, which any mail program opens. Thread-safe. */
public final class MailFolder {
    private static final Logger LOG = LoggerFactory.getLogger(MailFolder.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;

    MailFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes a mail. The name is made of the time and the request, so that a second attempt replaces the first; the
     * file appears whole or not at all.
     */
    public void write(PendingMail mail, OutgoingMessage message) throws IOException, MessagingException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name(mail));
        Path unfinished = folder.resolve("." + name(mail) + ".part");
        try (FileChannel channel = FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                OutputStream output = Channels.newOutputStream(channel)) {
            message.writeTo(output);
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("Mail written to {}", file);
    }

    private static String name(PendingMail mail) {
        return TIME.format(mail.createdAt()) + "-" + ShortId.of(mail.request()) + "-"
                + mail.kind().name().toLowerCase(Locale.ROOT) + ".eml";
    }
}
