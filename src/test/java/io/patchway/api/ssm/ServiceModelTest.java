package io.patchway.api.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.access.Caller;
import io.patchway.access.Role;
import io.patchway.api.ssm.ModelCases.Case;
import io.patchway.api.ssm.model.ServiceModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every limit of every member of every operation, one at a time. */
class ServiceModelTest {
    private static final ModelCases CASES = new ModelCases();
    private static final Set<String> SENSITIVE = Set.of("Configuration");
    private static final Caller CALLER = new Caller("ops", Role.ADMINISTRATOR);

    private final List<Object> received = new ArrayList<>();
    private final Dispatcher dispatcher = new Dispatcher(ServiceModel.load(), OperationTable.of(List.of(this::serve)));

    private void serve(OperationTable table) {
        for (String operation : CASES.operations()) {
            table.administers(operation, Map.class, (caller, request) -> {
                received.add(request);
                return new Empty();
            });
        }
    }

    private static Set<String> operations() {
        return CASES.operations();
    }

    private record Refusal(String code, String message) {}

    private Refusal refusal(String operation, JsonNode request) {
        byte[] body = request.toString().getBytes(StandardCharsets.UTF_8);
        try {
            dispatcher.answer(dispatcher.find(operation, CALLER), CALLER, body);
            return new Refusal("", "");
        } catch (SsmException e) {
            return new Refusal(e.code(), e.getMessage());
        }
    }

    @Test
    void everyOperationOfPatchManagerIsInTheModel() {
        assertThat(operations()).hasSize(58).contains("CreatePatchBaseline", "SendCommand", "PutComplianceItems");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aGoodRequestReachesItsOperation(String operation) {
        assertThat(refusal(operation, CASES.good(operation))).isEqualTo(new Refusal("", ""));
        assertThat(refusal(operation, CASES.full(operation))).isEqualTo(new Refusal("", ""));
        assertThat(received).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aMemberThatIsMissingIsNamed(String operation) {
        for (Case bad : CASES.withoutRequired(operation)) {
            Refusal refusal = refusal(operation, bad.request());

            assertThat(refusal.code()).isEqualTo("ValidationException");
            assertThat(refusal.message())
                    .isEqualTo("1 validation error detected: Value null at '" + bad.path()
                            + "' failed to satisfy constraint: Member must not be null");
        }
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyLimitThatIsNotKeptIsNamed(String operation) {
        for (Case bad : CASES.outOfLimits(operation)) {
            Refusal refusal = refusal(operation, bad.request());

            assertThat(refusal.code()).as(bad.path()).isEqualTo("ValidationException");
            assertThat(refusal.message()).isEqualTo(expected(bad));
        }
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aMemberOfTheWrongTypeCannotBeRead(String operation) {
        for (Case bad : CASES.ofWrongType(operation)) {
            Refusal refusal = refusal(operation, bad.request());

            assertThat(refusal.code()).as(bad.path() + " " + bad.value()).isEqualTo("SerializationException");
            assertThat(refusal.message()).contains(bad.path());
        }
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void nullsAndUnknownMembersAreLikeNothing(String operation) {
        ObjectNode request = (ObjectNode) CASES.good(operation);
        CASES.full(operation).fieldNames().forEachRemaining(name -> {
            if (!request.has(name)) {
                request.putNull(name);
            }
        });
        request.putArray("InventedMember").add(1).addObject().put("X", "y");

        assertThat(refusal(operation, request)).isEqualTo(new Refusal("", ""));
    }

    private static String expected(Case bad) {
        List<String> broken = CASES.broken(bad.shape(), bad.value());
        String value = bad.shape().path("sensitive").asBoolean() ? "" : " '" + shown(bad.value()) + "'";
        return broken.size() + (broken.size() == 1 ? " validation error" : " validation errors") + " detected: "
                + broken.stream()
                        .map(limit ->
                                "Value" + value + " at '" + bad.path() + "' failed to satisfy constraint: " + limit)
                        .collect(Collectors.joining("; "));
    }

    private static String shown(JsonNode value) {
        String text = all(value);
        return text.length() > 8192 ? text.substring(0, 8192) + "…" : text;
    }

    private static String all(JsonNode value) {
        if (value.isArray()) {
            List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(all(element)));
            return "[" + String.join(", ", elements) + "]";
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(member -> member.getKey() + "="
                            + (SENSITIVE.contains(member.getKey()) ? "***" : all(member.getValue())))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.asText();
    }
}
