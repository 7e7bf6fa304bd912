package io.patchway.api.ssm.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.api.ssm.Paging;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.baseline.OfferedPatches.Offered;
import io.patchway.server.OperatingSystem;
import io.patchway.server.PatchFamily;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The words that filters of a baseline can use, by operating system. */
final class PatchProperties {
    private static final int USUAL_PAGE = 50;
    private static final List<String> NOTICES =
            List.of("Security", "Bugfix", "Enhancement", "Recommended", "Newpackage");
    private static final List<String> SUSE_NOTICES =
            List.of("Security", "Recommended", "Optional", "Feature", "Document", "Yast");
    private static final List<String> WINDOWS_UPDATES = List.of(
            "CriticalUpdates",
            "DefinitionUpdates",
            "Drivers",
            "FeaturePacks",
            "SecurityUpdates",
            "ServicePacks",
            "Tools",
            "UpdateRollups",
            "Updates",
            "Upgrades");

    private PatchProperties() {}

    /** A page of values, each as an entry with one name. */
    record Page(
            @JsonProperty("Properties") List<Map<String, String>> properties,
            @JsonProperty("NextToken") Optional<String> nextToken) {}

    static Page page(DescribePatchProperties call, List<Offered> offered) {
        List<Map<String, String>> values = values(call, offered)
                .distinct()
                .map(value -> Map.of("Name", value))
                .toList();
        Paging.Cut<Map<String, String>> page =
                Paging.of(values, call.nextToken(), call.maxResults().orElse(USUAL_PAGE));
        return new Page(page.entries(), page.nextToken());
    }

    private static Stream<String> values(DescribePatchProperties call, List<Offered> offered) {
        OperatingSystem system = call.operatingSystem();
        boolean applications = call.patchSet().filter("APPLICATION"::equals).isPresent();
        if (applications && system != OperatingSystem.WINDOWS) {
            throw SsmException.invalid("PatchSet APPLICATION is for WINDOWS only, not for " + system);
        }
        return switch (call.property()) {
            case "PRODUCT" -> applications ? Stream.of("*") : products(system, offered);
            case "PRODUCT_FAMILY" -> only(call, system == OperatingSystem.WINDOWS, List.of("Windows"));
            case "CLASSIFICATION" -> classifications(call);
            case "MSRC_SEVERITY" ->
                only(
                        call,
                        system == OperatingSystem.WINDOWS,
                        List.of("Critical", "Important", "Moderate", "Low", "Unspecified"));
            case "SEVERITY" -> severities(call);
            case "PRIORITY" ->
                only(call, isApt(system), List.of("Required", "Important", "Standard", "Optional", "Extra"));
            default -> throw unknown(call);
        };
    }

    /** Any product, and those of the managed nodes. */
    private static Stream<String> products(OperatingSystem system, List<Offered> offered) {
        return Stream.concat(
                Stream.of("*"),
                offered.stream()
                        .filter(each -> each.product().operatingSystem() == system)
                        .map(each -> each.product().product()));
    }

    private static Stream<String> classifications(DescribePatchProperties call) {
        return switch (call.operatingSystem().family()) {
            case YUM -> NOTICES.stream();
            case ZYPPER -> SUSE_NOTICES.stream();
            case WINDOWS -> WINDOWS_UPDATES.stream();
            case MACOS -> Stream.of("Security", "Recommended");
            case APT -> throw unknown(call);
        };
    }

    private static Stream<String> severities(DescribePatchProperties call) {
        return switch (call.operatingSystem().family()) {
            case YUM -> Stream.of("Critical", "Important", "Moderate", "Medium", "Low", "None");
            case ZYPPER -> Stream.of("Critical", "Important", "Moderate", "Low");
            case WINDOWS, MACOS, APT -> throw unknown(call);
        };
    }

    private static boolean isApt(OperatingSystem system) {
        return system.family() == PatchFamily.APT;
    }

    private static Stream<String> only(DescribePatchProperties call, boolean known, List<String> values) {
        if (!known) {
            throw unknown(call);
        }
        return values.stream();
    }

    private static SsmException unknown(DescribePatchProperties call) {
        return SsmException.invalid(
                "Patches of " + call.operatingSystem() + " have no property " + call.property() + ".");
    }
}
