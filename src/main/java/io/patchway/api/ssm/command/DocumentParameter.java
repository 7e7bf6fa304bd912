package io.patchway.api.ssm.command;

import io.patchway.api.ssm.SsmException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A parameter of a document: one text.
 *
 * @param defaultValue empty when the parameter must be given
 * @param allowedValues an empty list: every value of the pattern
 * @param pattern what the whole value must look like
 * @param expected the pattern in words
 */
record DocumentParameter(
        String name,
        String description,
        Optional<String> defaultValue,
        List<String> allowedValues,
        Pattern pattern,
        String expected) {

    static final String OPERATION = "Operation";
    static final String REBOOT_OPTION = "RebootOption";
    static final String SNAPSHOT = "SnapshotId";
    static final String INSTALL_OVERRIDE_LIST = "InstallOverrideList";
    static final String BASELINE_OVERRIDE = "BaselineOverride";
    static final String ASSOCIATION = "AssociationId";

    private static final String UUID_OR_NOTHING =
            "(?:|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})";
    private static final String ADDRESS_OR_NOTHING = "(?:|(?:https?|s3)://[^\\s]{1,2000})";

    /** What both documents have. */
    static final List<DocumentParameter> OF_EVERY_RUN = List.of(
            oneOf(OPERATION, "Whether to look only, or to install.", Optional.empty(), "Scan", "Install"),
            oneOf(
                    REBOOT_OPTION,
                    "Whether a server may be rebooted when something on it says that it must be.",
                    Optional.of("RebootIfNeeded"),
                    "RebootIfNeeded",
                    "NoReboot"),
            matching(SNAPSHOT, "All runs with this id see the same approved patches.", "", UUID_OR_NOTHING, "a UUID"),
            matching(
                    INSTALL_OVERRIDE_LIST,
                    "Address of a YAML list of the patches to install, whatever the baseline says.",
                    "",
                    ADDRESS_OR_NOTHING,
                    "an https address"),
            matching(
                    BASELINE_OVERRIDE,
                    "Address of a JSON list of patch baselines to use instead of the servers' own.",
                    "",
                    ADDRESS_OR_NOTHING,
                    "an https address"),
            matching(
                    ASSOCIATION,
                    "The association that the run belongs to; it is only told again.",
                    "",
                    UUID_OR_NOTHING,
                    "a UUID"));

    /** A parameter that may be left out. */
    static DocumentParameter matching(
            String name, String description, String defaultValue, String pattern, String expected) {
        return new DocumentParameter(
                name, description, Optional.of(defaultValue), List.of(), Pattern.compile(pattern), expected);
    }

    private static DocumentParameter oneOf(
            String name, String description, Optional<String> defaultValue, String... values) {
        return new DocumentParameter(
                name,
                description,
                defaultValue,
                List.of(values),
                Pattern.compile(String.join("|", values)),
                "one of " + String.join(", ", values));
    }

    /**
     * The value among those that were given.
     *
     * @param values as the request had them; null when the parameter was left out
     * @throws SsmException {@code InvalidParameters}
     */
    String read(List<String> values) {
        if (values == null) {
            return defaultValue.orElseThrow(() -> invalid("Parameter " + name + " is missing; it must be " + expected));
        }
        if (values.size() != 1) {
            throw invalid("Parameter " + name + " has " + values.size() + " values; it must be " + expected);
        }
        String value = values.getFirst() == null ? "" : values.getFirst();
        if (!pattern.matcher(value).matches()) {
            throw invalid("Parameter " + name + " has the value '" + value + "'; it must be " + expected);
        }
        return value;
    }

    static SsmException invalid(String message) {
        return new SsmException("InvalidParameters", message);
    }
}
