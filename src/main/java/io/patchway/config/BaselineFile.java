package io.patchway.config;

import io.patchway.baseline.ApprovalDate;
import io.patchway.baseline.ApprovalRule;
import io.patchway.baseline.BaselineRules;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.FilterKey;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.PatchFilter;
import io.patchway.baseline.PatchSource;
import io.patchway.baseline.RejectedPatchesAction;
import io.patchway.baseline.SecurityUpdatesStatus;
import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problems;
import io.patchway.config.document.Value;
import io.patchway.config.document.ValuePath;
import io.patchway.server.OperatingSystem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a patch baseline in the shape of CreatePatchBaseline, with every constraint of AWS Systems Manager's model. The
 * tag {@code patchway:default} with the value {@code true} makes it the default of its operating system, which the
 * shape itself cannot say.
 */
public final class BaselineFile {
    private static final String DEFAULT_TAG = "patchway:default";
    private static final Kind<String> PATCH_ID = Kind.line(1, 100);
    private static final Kind<String> SOURCE_NAME =
            Kind.matching(Pattern.compile("[a-zA-Z0-9_.-]{3,50}"), "3 to 50 letters, digits, '_', '-' or '.'");

    private BaselineFile() {}

    /**
     * Makes a baseline of a document.
     *
     * @param file what to call the document in problems
     * @throws BadDocumentException with everything that is wrong
     */
    public static PatchBaseline read(String file, Value document) throws BadDocumentException {
        Problems problems = new Problems(file);
        Fields fields = Fields.root(
                document,
                problems,
                "OperatingSystem",
                "Name",
                "GlobalFilters",
                "ApprovalRules",
                "ApprovedPatches",
                "ApprovedPatchesComplianceLevel",
                "ApprovedPatchesEnableNonSecurity",
                "RejectedPatches",
                "RejectedPatchesAction",
                "Description",
                "Sources",
                "AvailableSecurityUpdatesComplianceStatus",
                "ClientToken",
                "Tags");
        PatchBaseline baseline = baseline(fields);
        problems.throwIfAny();
        BaselineRules.mistakes(baseline)
                .forEach(mistake -> problems.add(
                        ValuePath.placeOf(document, mistake.member()), mistake.member(), mistake.message()));
        problems.throwIfAny();
        return baseline;
    }

    private static PatchBaseline baseline(Fields fields) {
        fields.optional("ClientToken", Kind.line(1, 64));
        OperatingSystem system = fields.optional("OperatingSystem", Kind.constant(OperatingSystem.class))
                .orElse(OperatingSystem.WINDOWS);
        return new PatchBaseline(
                fields.required("Name", Words.BASELINE_NAME).orElse(""),
                fields.optional("Description", Kind.text(1, 1024)).orElse(""),
                system,
                filters(fields, "GlobalFilters"),
                rules(fields, system),
                fields.list("ApprovedPatches", 0, 50, PATCH_ID),
                level(fields, "ApprovedPatchesComplianceLevel"),
                flag(fields, "ApprovedPatchesEnableNonSecurity"),
                fields.list("RejectedPatches", 0, 50, PATCH_ID),
                fields.optional("RejectedPatchesAction", Kind.constant(RejectedPatchesAction.class))
                        .orElse(RejectedPatchesAction.ALLOW_AS_DEPENDENCY),
                fields.groups("Sources", 0, 20, BaselineFile::source, "Name", "Products", "Configuration"),
                fields.optional("AvailableSecurityUpdatesComplianceStatus", Kind.constant(SecurityUpdatesStatus.class)),
                isDefault(fields));
    }

    private static List<ApprovalRule> rules(Fields fields, OperatingSystem system) {
        Optional<Fields> rules = fields.group("ApprovalRules", "PatchRules");
        return rules.map(group -> group.need("PatchRules")
                        .groups(
                                "PatchRules",
                                0,
                                10,
                                rule -> rule(rule, system),
                                "PatchFilterGroup",
                                "ComplianceLevel",
                                "ApproveAfterDays",
                                "ApproveUntilDate",
                                "EnableNonSecurity"))
                .orElse(List.of());
    }

    private static Optional<ApprovalRule> rule(Fields fields, OperatingSystem system) {
        List<PatchFilter> filters = filters(fields.need("PatchFilterGroup"), "PatchFilterGroup");
        ComplianceLevel level = level(fields, "ComplianceLevel");
        boolean nonSecurity = flag(fields, "EnableNonSecurity");
        return date(fields, system).map(date -> new ApprovalRule(filters, level, date, nonSecurity));
    }

    private static Optional<ApprovalDate> date(Fields fields, OperatingSystem system) {
        Optional<Integer> days = fields.optional("ApproveAfterDays", Kind.integer(0, 360));
        Optional<String> day = fields.optional("ApproveUntilDate", Kind.line(1, 10));
        boolean unread =
                days.isPresent() != fields.has("ApproveAfterDays") || day.isPresent() != fields.has("ApproveUntilDate");
        if (unread) {
            return Optional.empty();
        }
        try {
            return Optional.of(ApprovalDate.chosen(days, day, system.family()));
        } catch (IllegalArgumentException e) {
            if (day.isPresent()) {
                fields.refuse("ApproveUntilDate", e.getMessage());
            } else {
                fields.refuse(e.getMessage());
            }
            return Optional.empty();
        }
    }

    private static List<PatchFilter> filters(Fields fields, String name) {
        return fields.group(name, "PatchFilters")
                .map(group ->
                        group.need("PatchFilters").groups("PatchFilters", 0, 4, BaselineFile::filter, "Key", "Values"))
                .orElse(List.of());
    }

    private static Optional<PatchFilter> filter(Fields fields) {
        List<String> values = fields.need("Values").list("Values", 1, 20, Kind.line(1, 64));
        return fields.required("Key", Kind.constant(FilterKey.class)).map(key -> new PatchFilter(key, values));
    }

    private static Optional<PatchSource> source(Fields fields) {
        List<String> products = fields.need("Products").list("Products", 1, 20, Kind.line(1, 128));
        Optional<String> configuration = fields.required("Configuration", Kind.text(1, 1024));
        return fields.required("Name", SOURCE_NAME)
                .flatMap(name -> configuration.map(text -> new PatchSource(name, products, text)));
    }

    private static boolean isDefault(Fields fields) {
        return fields.groups("Tags", 0, 1000, BaselineFile::tag, "Key", "Value")
                .contains(Map.entry(DEFAULT_TAG, "true"));
    }

    private static Optional<Map.Entry<String, String>> tag(Fields fields) {
        Optional<String> value = fields.required("Value", Words.TAG_VALUE);
        return fields.required("Key", Words.TAG_KEY).flatMap(key -> value.map(text -> Map.entry(key, text)));
    }

    private static ComplianceLevel level(Fields fields, String name) {
        return fields.optional(name, Kind.constant(ComplianceLevel.class)).orElse(ComplianceLevel.UNSPECIFIED);
    }

    private static boolean flag(Fields fields, String name) {
        return fields.optional(name, Kind.truth()).orElse(false);
    }
}
