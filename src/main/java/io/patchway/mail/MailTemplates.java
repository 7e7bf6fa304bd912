package io.patchway.mail;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's templates, read anew for each mail, and those that ship with Patchway for when one of them is missing
 * or broken: no mail is lost over a template.
 */
final class MailTemplates {
    private static final Logger LOG = LoggerFactory.getLogger(MailTemplates.class);
    private static final Mustache.Compiler TEXT =
            Mustache.compiler().escapeHTML(false).emptyStringIsFalse(true);
    private static final Mustache.Compiler HTML = TEXT.escapeHTML(true);

    private final Path folder;

    MailTemplates(Path folder) {
        this.folder = folder;
    }

    /** @param name without its ending, such as {@code verdict.html} */
    String render(String name, Object view) {
        String fileName = name + ".mustache";
        Path file = folder.resolve(fileName);
        if (Files.isRegularFile(file)) {
            try {
                return render(name, Files.readString(file), view);
            } catch (IOException | MustacheException e) {
                LOG.warn("{}: {}. The template that ships with Patchway is used instead.", file, e.getMessage());
            }
        }
        return render(name, builtIn(fileName), view);
    }

    private static String render(String name, String template, Object view) {
        Mustache.Compiler compiler = name.endsWith(".html") ? HTML : TEXT;
        return compiler.compile(template).execute(view);
    }

    private static String builtIn(String fileName) {
        try (InputStream input = MailTemplates.class.getResourceAsStream(fileName)) {
            if (input == null) {
                throw new IllegalStateException("the template " + fileName + " is not part of this build");
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the template " + fileName + " that ships with Patchway cannot be read", e);
        }
    }
}
