package io.patchway;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds every source file to one format.
 *
 * <p>A test and not a Maven plugin, because such plugins run inside Maven's own Java, which may be too old to parse
 * Java 21. {@code mvn test -Dtest=SourceFormatTest -Dformat=write} rewrites what differs.
 */
class SourceFormatTest {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(true)
            .build());

    @Test
    void everySourceFileIsFormatted() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<Path> unformatted = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(SourceFormatTest::differs)
                    .toList();
            assertThat(unformatted)
                    .as("not formatted; mvn test -Dtest=SourceFormatTest -Dformat=write mends it")
                    .isEmpty();
        }
    }

    private static boolean differs(Path file) {
        try {
            String source = Files.readString(file);
            String formatted = FORMATTER.formatSourceAndFixImports(source);
            if (formatted.equals(source)) {
                return false;
            }
            if ("write".equals(System.getProperty("format"))) {
                Files.writeString(file, formatted);
                return false;
            }
            return true;
        } catch (IOException | FormatterException e) {
            throw new IllegalStateException("cannot format " + file, e);
        }
    }
}
