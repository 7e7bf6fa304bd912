package io.patchway.config.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchway.faults.Survives;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {

    @Test
    void everyJsonValueKnowsItsPlace() throws BadDocumentException {
        Value.Members root = (Value.Members) json("{\n  \"a\": [1,\n    \"x\"]\n}");

        Value.Items items = (Value.Items) root.members().get("a").value();
        assertThat(root.members().get("a").namePlace()).isEqualTo(new Value.Place(2, 3));
        assertThat(items.values().get(1).place()).isEqualTo(new Value.Place(3, 5));
    }

    @Test
    void everyYamlValueKnowsItsPlace() throws BadDocumentException {
        Value.Members root = (Value.Members) yaml("# hello\na:\n  - b: yes\n    c: 7\n");

        Value.Items items = (Value.Items) root.members().get("a").value();
        Value.Members entry = (Value.Members) items.values().get(0);
        assertThat(entry.members().get("c").value()).isEqualTo(new Value.Number(new Value.Place(4, 8), "7"));
        assertThat(entry.members().get("b").value()).isInstanceOf(Value.Text.class);
    }

    @Test
    @Survives(17)
    void aNameGivenTwiceIsRefusedInBothFormats() {
        assertThat(problems("{\"a\":1,\n\"a\":2}"))
                .containsExactly(new Problem("x", 2, "a", "stands here a second time; it was given in line 1"));
        assertThat(yamlProblems("a: 1\nb:\n  c: 1\n  c: 2\n"))
                .containsExactly(new Problem("x", 4, "b.c", "stands here a second time; it was given in line 3"));
    }

    @Test
    void namesThatDifferInCaseAreOneNameWhereCaseDoesNotMatter() {
        BadDocumentException refused = catchThrowableOfType(
                BadDocumentException.class,
                () -> DocumentReader.jsonInAnyCase().read("x", bytes("{\"Servers\":[],\"servers\":[]}")));

        assertThat(refused.problems())
                .singleElement()
                .extracting(Problem::field)
                .isEqualTo("servers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":}",
                "{\"a\":1,}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1}]",
                "{\"a\":\"\\u0000\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\u001b[2J\"}",
                "{\"a\":\"line\nbreak\"}",
                "/* c */ {}"
            })
    void whatIsNotStrictJsonIsRefused(String text) {
        assertThat(problems(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &x 1\nb: *x\n",
                "a: !!binary aGVsbG8=\n",
                "a: !tag x\n",
                "---\na: 1\n---\nb: 2\n",
                "a: [1\n",
                "a:\n\t- 1\n",
                "a: @x\n"
            })
    void whatIsNotPlainYamlIsRefused(String text) {
        assertThat(yamlProblems(text)).isNotEmpty();
    }

    @Test
    @Survives(17)
    void deepNestingHugeNumbersAndHugeTextsAreRefused() {
        assertThat(problems("[".repeat(100_000))).isNotEmpty();
        assertThat(problems("{\"a\":".repeat(100) + "1" + "}".repeat(100))).isNotEmpty();
        assertThat(problems("{\"a\":" + "9".repeat(1000) + "}")).isNotEmpty();
        assertThat(problems("{\"a\":\"" + "x".repeat(70_000) + "\"}")).isNotEmpty();
        assertThat(problems("{\"" + "x".repeat(300) + "\":1}")).isNotEmpty();
        assertThat(yamlProblems("a: " + "[".repeat(100) + "]".repeat(100))).isNotEmpty();
        assertThat(problems(" ".repeat(DocumentReader.MAX_BYTES + 1)))
                .containsExactly(new Problem("x", 0, "", "is larger than 4194304 bytes"));
    }

    @Test
    void aByteOrderMarkIsSkipped() throws BadDocumentException {
        assertThat(json("\uFEFF{}")).isInstanceOf(Value.Members.class);
    }

    @Test
    @Survives(17)
    void aNulCharacterAndBytesThatAreNotUtf8AreRefused() {
        assertThat(problems("{\n\0}")).singleElement().extracting(Problem::line).isEqualTo(1);
        BadDocumentException refused = catchThrowableOfType(
                BadDocumentException.class,
                () -> DocumentReader.json().read("x", "{\"a\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(refused).hasMessageContaining("UTF-8");
    }

    @Test
    @Survives(28)
    void aSymbolicLinkIsNotFollowed(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.json"), "{}");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), secret);

        assertThat(catchThrowableOfType(
                        BadDocumentException.class, () -> DocumentReader.json().read(link)))
                .hasMessageContaining("not a regular file");
    }

    @Test
    void tenThousandServersFit() throws BadDocumentException {
        String servers = IntStream.range(0, 10_000)
                .mapToObj(i -> "\"a-server-with-a-rather-long-name-" + i + ".example.com\"")
                .collect(Collectors.joining(","));

        Value.Members root = (Value.Members) json("{\"servers\":[" + servers + "]}");

        Value.Items items = (Value.Items) root.members().get("servers").value();
        assertThat(items.values()).hasSize(10_000);
    }

    private static Value json(String text) throws BadDocumentException {
        return DocumentReader.json().read("x", bytes(text));
    }

    private static Value yaml(String text) throws BadDocumentException {
        return DocumentReader.yaml().read("x", bytes(text));
    }

    private static List<Problem> problems(String text) {
        return catchThrowableOfType(BadDocumentException.class, () -> json(text))
                .problems();
    }

    private static List<Problem> yamlProblems(String text) {
        return catchThrowableOfType(BadDocumentException.class, () -> yaml(text))
                .problems();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
