package io.patchway.config;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.Problem;
import io.patchway.run.Hook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The operator's hooks in {@code config/hooks/NAME.sh}: what a command may have run around an install. */
final class HookFiles {
    private static final String ENDING = ".sh";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,128}");

    private HookFiles() {}

    /** Reads a folder; a file with a problem is left out. */
    static Loaded<List<Hook>> load(Path folder) {
        return FolderReader.read(folder, ENDING, HookFiles::read);
    }

    private static Hook read(Path file) throws BadDocumentException {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - ENDING.length());
        if (!NAME.matcher(name).matches()) {
            throw bad(file, "its name must have 3 to 128 letters, digits, dots, hyphens or underscores before .sh");
        }
        String script = text(file);
        if (script.isBlank()) {
            throw bad(file, "is empty");
        }
        if (script.indexOf('\0') >= 0) {
            throw bad(file, "holds a NUL character; write plain text");
        }
        if (script.indexOf('\r') >= 0) {
            throw bad(file, "has line ends that a shell does not know; end lines with a line feed alone");
        }
        return new Hook(name, script);
    }

    private static String text(Path file) throws BadDocumentException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw bad(file, "is not a regular file");
        }
        try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = stream.readNBytes(Hook.MOST_BYTES + 1);
            if (content.length > Hook.MOST_BYTES) {
                throw bad(file, "is larger than " + Hook.MOST_BYTES + " bytes; have it call a program on the server");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad(file, "is not UTF-8 text");
        } catch (IOException e) {
            throw bad(file, "cannot be read: " + e);
        }
    }

    private static BadDocumentException bad(Path file, String message) {
        return new BadDocumentException(List.of(new Problem(file.toString(), 0, "", message)));
    }
}
