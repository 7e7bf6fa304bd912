package io.patchway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchway.server.OperatingSystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredefinedBaselinesTest {
    private static final List<String> KEYS =
            Stream.of(FilterKey.values()).map(FilterKey::name).toList();

    private static JsonNode read(String name) throws IOException {
        try (InputStream file = PredefinedBaselinesTest.class.getResourceAsStream("/baselines/" + name + ".json")) {
            assertThat(file).as("baselines/%s.json", name).isNotNull();
            return new ObjectMapper().readTree(file);
        }
    }

    private static JsonNode rules(JsonNode baseline) {
        return baseline.path("ApprovalRules").path("PatchRules");
    }

    @ParameterizedTest
    @CsvSource({
        "AWS-AmazonLinuxDefaultPatchBaseline, AMAZON_LINUX, 2, 7",
        "AWS-AmazonLinux2DefaultPatchBaseline, AMAZON_LINUX_2, 2, 7",
        "AWS-AmazonLinux2022DefaultPatchBaseline, AMAZON_LINUX_2022, 2, 7",
        "AWS-AmazonLinux2023DefaultPatchBaseline, AMAZON_LINUX_2023, 2, 7",
        "AWS-RedHatDefaultPatchBaseline, REDHAT_ENTERPRISE_LINUX, 2, 7",
        "AWS-RockyLinuxDefaultPatchBaseline, ROCKY_LINUX, 2, 7",
        "AWS-AlmaLinuxDefaultPatchBaseline, ALMA_LINUX, 2, 7",
        "AWS-OracleLinuxDefaultPatchBaseline, ORACLE_LINUX, 2, 7",
        "AWS-SuseDefaultPatchBaseline, SUSE, 1, 7",
        "AWS-CentOSDefaultPatchBaseline, CENTOS, 1, 7",
        "AWS-UbuntuDefaultPatchBaseline, UBUNTU, 1, 0",
        "AWS-DebianDefaultPatchBaseline, DEBIAN, 1, 0",
        "AWS-DefaultRaspbianPatchBaseline, RASPBIAN, 1, 0",
        "AWS-MacOSDefaultPatchBaseline, MACOS, 2, 0",
        "AWS-DefaultPatchBaseline, WINDOWS, 1, 7",
        "AWS-WindowsPredefinedPatchBaseline-OS, WINDOWS, 1, 7",
        "AWS-WindowsPredefinedPatchBaseline-OS-Applications, WINDOWS, 2, 7"
    })
    void everyPredefinedBaselineIsShipped(String name, OperatingSystem system, int rules, int days) throws IOException {
        JsonNode baseline = read(name);
        assertThat(baseline.path("Name").asText()).isEqualTo(name);
        assertThat(baseline.path("OperatingSystem").asText()).isEqualTo(system.name());
        assertThat(rules(baseline)).hasSize(rules).allSatisfy(rule -> {
            assertThat(rule.path("ApproveAfterDays").asInt(-1)).isEqualTo(days);
            assertThat(rule.path("ComplianceLevel").asText()).isEqualTo("UNSPECIFIED");
            assertThat(rule.path("EnableNonSecurity").asBoolean()).isEqualTo(system == OperatingSystem.CENTOS);
        });
    }

    @Test
    void theirFiltersAskOnlyForKnownKeysAndKeepTheLimits() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/baselines"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(17);
            for (Path file : all) {
                for (JsonNode rule : rules(new ObjectMapper().readTree(file.toFile()))) {
                    JsonNode filters = rule.path("PatchFilterGroup").path("PatchFilters");
                    assertThat(filters.size()).as(file.toString()).isBetween(1, 4);
                    for (JsonNode filter : filters) {
                        assertThat(filter.path("Key").asText()).isIn(KEYS);
                        assertThat(filter.path("Values").size()).isBetween(1, 20);
                    }
                }
            }
        }
    }

    @Test
    void theRedHatBaselineApprovesGraveSecurityPatchesAndBugFixes() throws IOException {
        JsonNode rules = rules(read("AWS-RedHatDefaultPatchBaseline"));
        assertThat(rules.get(0).toString()).contains("\"Security\"").contains("[\"Critical\",\"Important\"]");
        assertThat(rules.get(1).toString()).contains("[\"Bugfix\"]").doesNotContain("SEVERITY");
    }
}
