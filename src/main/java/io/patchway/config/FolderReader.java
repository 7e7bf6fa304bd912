package io.patchway.config;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads every file of a folder, one by one: a bad file is left out and never hides the others. */
final class FolderReader {
    private FolderReader() {}

    /** Reads one file. */
    @FunctionalInterface
    interface FileReader<T> {
        T read(Path file) throws BadDocumentException;
    }

    /**
     * Reads the files with this ending, ordered by name; files whose name begins with a dot are passed over. A folder
     * that does not exist has no files.
     */
    static <T> Loaded<List<T>> read(Path folder, String ending, FileReader<T> reader) {
        List<T> contents = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files(folder, ending, problems)) {
            try {
                contents.add(reader.read(file));
            } catch (BadDocumentException e) {
                problems.addAll(e.problems());
            }
        }
        return new Loaded<>(List.copyOf(contents), problems);
    }

    private static List<Path> files(Path folder, String ending, List<Problem> problems) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add(new Problem(folder.toString(), 0, "", "cannot be listed: " + e));
            return List.of();
        }
    }
}
