package io.patchway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.Problem;
import io.patchway.rollout.Rollout;
import io.patchway.rollout.Share;
import io.patchway.server.ServerId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutFieldsTest {
    @Test
    void aRolloutSaysEverything() throws BadDocumentException {
        assertThat(read("""
            {"maxConcurrency": "10%", "errorBudget": 2, "disruptionBudget": 12, "waves": [1, "5%", "25%", "100%"],
             "soak": "10m", "gate": "shop-answers", "groupOrder": ["database", "web"], "stopAtFailure": false}
            """))
                .contains(new Rollout(
                        Optional.of(Share.of("10%")),
                        Optional.of(Share.of(2)),
                        Optional.of(Share.of(12)),
                        List.of(Share.of(1), Share.of("5%"), Share.of("25%"), Share.ALL),
                        Duration.ofMinutes(10),
                        Optional.of("shop-answers"),
                        List.of("database", "web"),
                        false));
    }

    @Test
    void stopAtFailureAloneStopsAtTheFirst() throws BadDocumentException {
        Rollout rollout = read("{\"stopAtFailure\": true}").orElseThrow();

        assertThat(rollout.errorBudget()).contains(Share.of(0));
        assertThat(rollout.stopAtFailure()).isTrue();
        assertThat(read("{\"stopAtFailure\": true, \"errorBudget\": \"5%\"}")
                        .orElseThrow()
                        .errorBudget())
                .contains(Share.of("5%"));
    }

    @Test
    void aRolloutThatSaysNothingIsAllAtOnceOnPurpose() throws BadDocumentException {
        assertThat(read("{}")).contains(Rollout.ALL_AT_ONCE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"waves\": [5, 1]}|rollout.waves|must grow: 1 comes after 5",
                "{\"waves\": []}|rollout.waves|must have 1 to 50 entries",
                "{\"waves\": [0]}|rollout.waves[0]|must be more than 0",
                "{\"maxConcurrency\": \"0%\"}|rollout.maxConcurrency|must be more than 0",
                "{\"maxConcurrency\": 1.5}|rollout.maxConcurrency|must be a number of servers",
                "{\"errorBudget\": \"101%\"}|rollout.errorBudget|from 0% to 100%",
                "{\"errorBudget\": -1}|rollout.errorBudget|must be a number of servers",
                "{\"soak\": \"8d\"}|rollout.soak|must be at most 7d",
                "{\"soak\": 10}|rollout.soak|must be text",
                "{\"gate\": \"a b\"}|rollout.gate|letters, digits",
                "{\"maxConcurency\": 1}|rollout.maxConcurency|maxConcurrency"
            })
    void whatIsWrongIsNamed(String rollout, String field, String message) {
        BadDocumentException refused = catchThrowableOfType(BadDocumentException.class, () -> read(rollout));

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void ordersHaveDetailsOrNone() throws BadDocumentException {
        assertThat(RolloutOrder.pause("body", new byte[0]).reason()).isEmpty();
        assertThat(RolloutOrder.resume("body", bytes("{\"pastGate\": true}")).pastGate())
                .isTrue();
        assertThat(RolloutOrder.cancel("body", bytes("{\"servers\": [\"web-01\"], \"reason\": \"freeze\"}")))
                .isEqualTo(new RolloutOrder.Cancel(Set.of(new ServerId("web-01")), Optional.of("freeze")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"servers\": []}", "{\"servers\": \"web-01\"}", "{\"reason\": \"a\\nb\"}", "{"})
    void anOrderThatIsNotUnderstoodIsRefused(String body) {
        assertThat(catchThrowableOfType(
                        BadDocumentException.class, () -> RolloutOrder.cancel("request body", bytes(body))))
                .satisfies(refused ->
                        assertThat(refused.problems()).extracting(Problem::file).containsOnly("request body"));
    }

    private static Optional<Rollout> read(String rollout) throws BadDocumentException {
        String document = "{\"servers\": [\"a\"], \"operation\": \"install\", \"rollout\": " + rollout + "}";
        return RequestDocument.read("request.json", bytes(document)).form().rollout();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
