package io.patchway.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patchway.hosts.CommandResult;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The AWS command line as Debian packages it, with a key. */
record AwsCli(IssuedKey key) {
    private static final String PROGRAM = "exec /usr/bin/aws --endpoint-url \"$PATCHWAY\" --output json --no-cli-pager";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern ERROR =
            Pattern.compile("An error occurred \\((\\w+)\\) when calling the \\w+ operation: (.*)", Pattern.DOTALL);

    /**
     * An error that the service answered.
     *
     * @param code such as {@code ValidationException}
     */
    record Refusal(String code, String message) {}

    /** The command line, where it is installed; elsewhere the test is skipped. */
    static AwsCli installed(IssuedKey key) {
        Program.assume("test -x /usr/bin/aws");
        return new AwsCli(key);
    }

    /**
     * What {@code aws ssm} with this line prints, an empty object when it prints nothing.
     *
     * @param line what somebody would type, with places for values as in {@link String#format}
     * @throws IllegalStateException when it fails
     */
    JsonNode ssm(String line, Object... values) {
        String printed = run(line.formatted(values)).succeeded();
        try {
            return printed.isEmpty() ? JSON.createObjectNode() : JSON.readTree(printed);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the command line printed no JSON: " + printed, e);
        }
    }

    /** The error of the service that {@code aws ssm} with this line tells. */
    Refusal refusal(String line, Object... values) {
        CommandResult result = run(line.formatted(values));
        Matcher error = ERROR.matcher(result.errors().strip());
        if (!error.matches()) {
            throw new IllegalStateException("no error of the service, but status " + result.status() + ": "
                    + result.output() + result.errors());
        }
        return new Refusal(error.group(1), error.group(2));
    }

    private CommandResult run(String line) {
        return Program.run(Path.of("."), key.environment(), List.of("sh", "-c", PROGRAM + " ssm " + line));
    }
}
