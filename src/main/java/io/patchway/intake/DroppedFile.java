package io.patchway.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/** A file that lies in the inbox folder. What it is called and what it holds was chosen by somebody else. */
record DroppedFile(Path path) {
    private static final int LONGEST_NAME = 100;

    /** The name with every character replaced that could mean something to a file system, a terminal or a log. */
    String safeName() {
        String name = path.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
        String visible = name.startsWith(".") || name.startsWith("-") ? "_" + name : name;
        return visible.length() > LONGEST_NAME ? visible.substring(visible.length() - LONGEST_NAME) : visible;
    }

    /** The file whose presence says that this one is complete. */
    Path doneMarker() {
        return path.resolveSibling(path.getFileName() + ".done");
    }

    boolean isMarkedDone() {
        return Files.exists(doneMarker(), LinkOption.NOFOLLOW_LINKS);
    }

    boolean isRegular() {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** When it was last written to; empty when it is gone. */
    Optional<Instant> lastChange() {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .lastModifiedTime()
                    .toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** At most so many bytes of the content; a symbolic link is not followed. */
    byte[] read(int most) {
        try (InputStream stream = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            return stream.readNBytes(most);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
