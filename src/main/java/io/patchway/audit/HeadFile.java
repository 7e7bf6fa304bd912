package io.patchway.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file that notes the head of the chain outside the database. */
public final class HeadFile {
    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) ([0-9a-f]{64})\\s*");

    private final Path file;

    public HeadFile(Path file) {
        this.file = file;
    }

    /**
     * The head that was noted last; empty when there is no file yet.
     *
     * @throws IOException when the file cannot be read or holds something else
     */
    public Optional<ChainHead> read() throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        Matcher line = LINE.matcher(Files.readString(file));
        if (!line.matches()) {
            throw new IOException(file + " must hold an entry's number and hash, but holds something else");
        }
        return Optional.of(new ChainHead(Long.parseLong(line.group(1)), line.group(2)));
    }

    void write(ChainHead head) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(unfinished, head.sequence() + " " + head.hash() + "\n");
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
