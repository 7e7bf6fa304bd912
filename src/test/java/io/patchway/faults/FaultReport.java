package io.patchway.faults;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.samskivert.mustache.Mustache;
import io.patchway.faults.FaultResult.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes {@code target/faults.html}: each row of the table with its tests and how they ended. Tests run in several
 * processes, so results are kept beside it and the newest of each test counts.
 */
final class FaultReport {
    private static final Path RESULTS = Path.of("target", "faults.json");
    private static final Path REPORT = Path.of("target", "faults.html");
    /** Held by the process that is writing. */
    private static final Path LOCK = Path.of("target", "faults.lock");

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private FaultReport() {}

    /** Takes the results of a test run in and writes the report anew. */
    static void add(List<FaultResult> fresh) {
        try (FileChannel turn = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            turn.lock();
            List<FaultResult> all = Stream.concat(
                            earlier().stream().filter(result -> fresh.stream().noneMatch(result::isOfSameRun)),
                            fresh.stream())
                    .toList();
            Files.writeString(RESULTS, JSON.writeValueAsString(all));
            Files.writeString(REPORT, html(FaultTable.rows(), FaultTable.tests(), all));
        } catch (IOException e) {
            throw new UncheckedIOException("the report of the table of faults cannot be written", e);
        }
    }

    static String html(List<FaultRow> rows, List<FaultTest> tests, List<FaultResult> results) throws IOException {
        List<RowView> views =
                rows.stream().map(row -> RowView.of(row, tests, results)).toList();
        try (InputStream template = FaultReport.class.getResourceAsStream("faults.html.mustache")) {
            return Mustache.compiler()
                    .compile(new String(template.readAllBytes(), StandardCharsets.UTF_8))
                    .execute(Map.of("rows", views));
        }
    }

    private static List<FaultResult> earlier() throws IOException {
        return Files.exists(RESULTS) ? JSON.readValue(Files.readString(RESULTS), new TypeReference<>() {}) : List.of();
    }

    /** A row as the page shows it. */
    private record RowView(int number, String fault, String expected, String verdict, List<TestView> tests) {

        static RowView of(FaultRow row, List<FaultTest> tests, List<FaultResult> results) {
            List<TestView> views = tests.stream()
                    .filter(test -> test.row() == row.number())
                    .flatMap(test -> TestView.of(test, results))
                    .toList();
            return new RowView(row.number(), row.fault(), row.expected(), verdict(row, views), views);
        }

        private static String verdict(FaultRow row, List<TestView> tests) {
            if (row.comesWith().isPresent()) {
                return "comes with " + row.comesWith().get();
            }
            return tests.stream()
                    .map(TestView::result)
                    .max(Comparator.comparingInt(GRAVITY::indexOf))
                    .orElse("missing");
        }
    }

    /** What a row is called after the gravest result of its tests. */
    private static final List<String> GRAVITY = List.of("passed", "skipped", "not run", "failed");

    /** A test as the page shows it, in one of the classes that ran it. */
    private record TestView(String name, String result, String when) {

        static Stream<TestView> of(FaultTest test, List<FaultResult> results) {
            List<TestView> ran = results.stream()
                    .filter(result -> result.test().equals(test.name()))
                    .map(result -> new TestView(
                            test.name() + inherited(result),
                            word(result.outcome()),
                            result.at().toString()))
                    .toList();
            return ran.isEmpty() ? Stream.of(new TestView(test.name(), "not run", "")) : ran.stream();
        }

        private static String inherited(FaultResult result) {
            return result.test().startsWith(result.ranIn() + ".") ? "" : " in " + result.ranIn();
        }

        private static String word(Outcome outcome) {
            return outcome.name().toLowerCase(Locale.ROOT);
        }
    }
}
