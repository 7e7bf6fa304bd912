package io.patchway.api.ivanti.template;

import io.patchway.baseline.ApprovalDate;
import io.patchway.baseline.ApprovalRule;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.FilterKey;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.PatchFilter;
import io.patchway.baseline.RejectedPatchesAction;
import io.patchway.run.PatchOverride.BaselineList;
import io.patchway.run.PatchOverride.ServerBaseline;
import io.patchway.run.PatchOverride.ServerBaselines;
import io.patchway.server.OperatingSystem;
import io.patchway.server.PatchFamily;
import io.patchway.server.ServerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A template as patch baselines, one for each operating system, which take the place of the servers' own. */
public final class TemplateBaselines {
    private static final List<OperatingSystem> SYSTEMS = Arrays.stream(OperatingSystem.values())
            .filter(system -> system.family() != PatchFamily.MACOS)
            .toList();
    /** What Windows calls an update that closes a hole; one of another class does not count as security. */
    private static final List<String> SECURITY_CLASSES = List.of("SecurityUpdates", "CriticalUpdates");

    private static final List<String> OTHER_CLASSES = List.of(
            "DefinitionUpdates",
            "Drivers",
            "FeaturePacks",
            "ServicePacks",
            "Tools",
            "UpdateRollups",
            "Updates",
            "Upgrades");
    /** The most values that a filter takes. */
    private static final int MOST_VALUES = 20;

    private TemplateBaselines() {}

    /**
     * The baselines of a template.
     *
     * @param groups what its patch groups hold
     */
    static BaselineList of(
            String template, io.patchway.api.ivanti.template.PatchFilter filter, List<PatchGroup> groups) {
        return new BaselineList(
                source(template),
                SYSTEMS.stream()
                        .map(system -> switch (filter.groupUse()) {
                            case NONE -> baseline(template, system, byProperties(filter, system), List.of(), List.of());
                            case SCAN -> baseline(template, system, byCves(groups), names(groups), List.of());
                            case SKIP ->
                                baseline(template, system, byProperties(filter, system), List.of(), names(groups));
                        })
                        .toList());
    }

    /**
     * What single servers are to get.
     *
     * @param packages {@code name.arch}, or the id of a Windows update
     */
    public record Wanted(ServerId server, OperatingSystem operatingSystem, List<String> packages) {
        public Wanted {
            packages = packages.stream().distinct().sorted().toList();
        }
    }

    /** Baselines that approve single packages on each server, whatever their version, and nothing else there. */
    public static ServerBaselines ofPackages(String source, List<Wanted> wanted) {
        Map<PatchBaseline, List<ServerId>> servers = new LinkedHashMap<>();
        wanted.forEach(one -> servers.computeIfAbsent(
                        baseline(source, one.operatingSystem(), List.of(), one.packages(), List.of()),
                        any -> new ArrayList<>())
                .add(one.server()));
        return new ServerBaselines(
                source(source),
                servers.entrySet().stream()
                        .map(entry -> new ServerBaseline(entry.getValue(), entry.getKey()))
                        .toList());
    }

    private static String source(String template) {
        return "the template '" + template + "'";
    }

    private static List<String> names(List<PatchGroup> groups) {
        return groups.stream()
                .flatMap(group -> group.names().stream())
                .distinct()
                .toList();
    }

    private static List<ApprovalRule> byCves(List<PatchGroup> groups) {
        List<String> cves = groups.stream()
                .flatMap(group -> group.cves().stream())
                .distinct()
                .toList();
        List<ApprovalRule> rules = new ArrayList<>();
        for (int from = 0; from < cves.size(); from += MOST_VALUES) {
            List<String> some = cves.subList(from, Math.min(cves.size(), from + MOST_VALUES));
            rules.add(rule(List.of(new PatchFilter(FilterKey.CVE_ID, some))));
        }
        return rules;
    }

    private static List<ApprovalRule> byProperties(
            io.patchway.api.ivanti.template.PatchFilter filter, OperatingSystem system) {
        List<ApprovalRule> rules = new ArrayList<>();
        rule(system, true, filter.security()).ifPresent(rules::add);
        rule(system, false, filter.nonSecurity()).ifPresent(rules::add);
        return rules;
    }

    /** On apt a patch has no severity that a filter could ask for: there, any severity means all of them. */
    private static Optional<ApprovalRule> rule(OperatingSystem system, boolean security, List<String> severities) {
        if (severities.isEmpty()) {
            return Optional.empty();
        }
        boolean windows = system.family() == PatchFamily.WINDOWS;
        List<PatchFilter> filters = new ArrayList<>();
        filters.add(
                windows
                        ? new PatchFilter(FilterKey.CLASSIFICATION, security ? SECURITY_CLASSES : OTHER_CLASSES)
                        : new PatchFilter(FilterKey.SECURITY, List.of(String.valueOf(security))));
        boolean all = severities.size() == io.patchway.api.ivanti.template.PatchFilter.SEVERITIES.size();
        String unassigned = windows ? "Unspecified" : "None";
        if (!all && system.family() != PatchFamily.APT) {
            filters.add(new PatchFilter(
                    windows ? FilterKey.MSRC_SEVERITY : FilterKey.SEVERITY,
                    severities.stream()
                            .map(word -> word.equals("Unassigned") ? unassigned : word)
                            .toList()));
        }
        return Optional.of(rule(filters));
    }

    private static ApprovalRule rule(List<PatchFilter> filters) {
        return new ApprovalRule(filters, ComplianceLevel.UNSPECIFIED, new ApprovalDate.AfterDays(0), true);
    }

    private static PatchBaseline baseline(
            String name,
            OperatingSystem system,
            List<ApprovalRule> rules,
            List<String> approved,
            List<String> rejected) {
        return new PatchBaseline(
                name,
                "",
                system,
                List.of(),
                rules,
                approved,
                ComplianceLevel.UNSPECIFIED,
                true,
                rejected,
                RejectedPatchesAction.ALLOW_AS_DEPENDENCY,
                List.of(),
                Optional.empty(),
                false);
    }
}
