package io.patchway.config.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FieldsTest {

    @Test
    void anUnknownFieldIsRefusedWithWhatIsAllowedAndWhatWasMeant() {
        assertThat(reading("{\n\"durtion\": 1}", fields -> {}))
                .containsExactly(new Problem(
                        "x", 2, "durtion", "is not known here (did you mean duration?); allowed: duration, name"));
    }

    @Test
    void aSpellingInAnotherCaseIsSuggestedNotTaken() {
        assertThat(reading("{\"Name\": 1}", fields -> {}))
                .singleElement()
                .extracting(Problem::message)
                .isEqualTo("is not known here (did you mean name?); allowed: duration, name");
    }

    @Test
    void everyProblemOfADocumentIsFoundInOneReading() {
        List<Problem> problems = reading("{\"name\": \"a b\",\n\"duration\": 25}", fields -> {
            fields.required("name", Kind.matching(Pattern.compile("[a-z]+"), "small letters"));
            fields.required("duration", Kind.integer(1, 24));
        });

        assertThat(problems)
                .extracting(Problem::toString)
                .containsExactly(
                        "x:1: name: must be small letters, but is 'a b'",
                        "x:2: duration: must be a whole number from 1 to 24, but is 25");
    }

    @Test
    void aMissingFieldIsNamedAndNullIsTheSameAsMissing() {
        assertThat(reading("{\"name\": null}", fields -> fields.required("name", Kind.text(1, 9))))
                .containsExactly(new Problem("x", 1, "name", "is missing"));
    }

    @Test
    void aValueOfTheWrongKindSaysWhatIsAllowed() {
        assertThat(reading("{\"name\": 7, \"duration\": \"7\"}", fields -> {
                    fields.required("name", Kind.text(1, 9));
                    fields.required("duration", Kind.integer(1, 24));
                }))
                .extracting(Problem::message)
                .containsExactly(
                        "must be a whole number from 1 to 24, but is text",
                        "must be text, but is the number 7; put it in quotes");
    }

    @Test
    void listsNameTheEntryThatIsWrong() {
        assertThat(reading("{\"name\": [\"a\", {}, 3]}", fields -> fields.list("name", 0, 9, Kind.text(1, 9))))
                .extracting(Problem::field)
                .containsExactly("name[1]", "name[2]");
        assertThat(reading("{\"name\": [1, 2]}", fields -> fields.list("name", 0, 1, Kind.text(1, 9))))
                .extracting(Problem::message)
                .containsExactly("must have 0 to 1 entries, but has 2");
        assertThat(reading("{\"name\": 1}", fields -> fields.list("name", 0, 1, Kind.text(1, 9))))
                .extracting(Problem::message)
                .containsExactly("must be a list, but is the number 1");
    }

    @Test
    void groupsAreReadWithTheirPath() {
        assertThat(reading(
                        "{\"name\": [{\"a\": 1}, {\"b\": 1}]}",
                        fields -> fields.groups("name", 0, 9, entry -> entry.required("a", Kind.integer(1, 1)), "a")))
                .extracting(Problem::field)
                .containsExactly("name[1].a", "name[1].b");
    }

    @Test
    void aDocumentThatIsNoGroupIsRefusedOnce() {
        assertThat(reading("[]", fields -> fields.required("name", Kind.text(1, 9))))
                .containsExactly(new Problem("x", 1, "", "must be a group of fields, but is a list"));
    }

    @Test
    void whatIsRightIsRead() throws BadDocumentException {
        Problems problems = new Problems("x");
        Value value = DocumentReader.json().read("x", "{\"name\":{\"k\":\"v\"}}".getBytes(StandardCharsets.UTF_8));
        Fields fields = Fields.root(value, problems, "name");

        assertThat(fields.map("name", Kind.text(1, 9), Kind.text(1, 9))).containsEntry("k", "v");
        assertThat(fields.optional("other", Kind.truth())).isEqualTo(Optional.empty());
        assertThat(problems.none()).isTrue();
    }

    private static List<Problem> reading(String json, Consumer<Fields> reader) {
        return catchThrowableOfType(BadDocumentException.class, () -> {
                    Problems problems = new Problems("x");
                    Value value = DocumentReader.json().read("x", json.getBytes(StandardCharsets.UTF_8));
                    reader.accept(Fields.root(value, problems, "duration", "name"));
                    problems.throwIfAny();
                })
                .problems();
    }
}
