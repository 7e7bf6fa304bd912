package io.patchway.api.ssm.baseline;

import static io.patchway.api.ssm.baseline.BaselineStore.read;
import static io.patchway.baseline.PatchBuilder.rpm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.api.ssm.NewestScans;
import io.patchway.api.ssm.baseline.AvailablePatchOperations.DescribeAvailablePatches;
import io.patchway.api.ssm.baseline.AvailablePatchOperations.DescribeEffectivePatches;
import io.patchway.api.ssm.baseline.AvailablePatchOperations.EffectivePatch;
import io.patchway.explain.ScannedHost;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvailablePatchOperationsTest {
    private static final String SCANNED = "2026-03-01T00:00:00Z";

    private final BaselineStore store = new BaselineStore();
    private AvailablePatchOperations operations;

    @BeforeEach
    void scan() {
        store.clock.set(Instant.parse("2026-03-02T00:00:00Z"));
        NewestScans scans = NewestScans.of(
                new ScannedHost("a", SCANNED)
                        .offers(rpm("openssl", "1:3.0-2")
                                .advisory("RHSA-2026:1", "Security", "Critical", Instant.parse("2026-01-01T00:00:00Z")))
                        .offers(rpm("bash", "5-1")
                                .advisory("RHBA-2026:2", "Bugfix", "Low", Instant.parse("2026-03-01T00:00:00Z")))
                        .stored(),
                new ScannedHost("b", SCANNED)
                        .offers(rpm("openssl", "1:3.0-2")
                                .advisory("RHSA-2026:1", "Security", "Critical", Instant.parse("2026-01-01T00:00:00Z")))
                        .stored(),
                new ScannedHost("gone", SCANNED).offers(rpm("curl", "8-1")).stored());
        operations = new AvailablePatchOperations(scans, NewestScans.inventory("a", "b"), store.baselines, store.clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void everyPatchThatAManagedNodeIsOfferedIsListedOnce() {
        assertThat(available("{}"))
                .extracting(PatchEntry::title)
                .containsExactly("bash.x86_64:0:5-1", "openssl.x86_64:1:3.0-2");
        PatchEntry openssl = available("{\"Filters\":[{\"Key\":\"SEVERITY\",\"Values\":[\"critical\"]}]}")
                .get(0);
        assertThat(openssl.name()).isEqualTo("openssl");
        assertThat(openssl.epoch()).isOne();
        assertThat(openssl.version()).isEqualTo("3.0");
        assertThat(openssl.release()).isEqualTo("2");
        assertThat(openssl.product()).isEqualTo("RedhatEnterpriseLinux9.4");
        assertThat(openssl.advisoryIds()).containsExactly("RHSA-2026:1");
        assertThat(openssl.classification()).contains("Security");
    }

    @ParameterizedTest
    @CsvSource({
        "PRODUCT,RedhatEnterpriseLinux9.4,2",
        "PRODUCT,Debian12,0",
        "NAME,bash,1",
        "CLASSIFICATION,Security,1",
        "ADVISORY_ID,RHBA-2026:2,1",
        "SECURITY,true,1",
        "PATCH_SET,OS,2"
    })
    void listsAreFiltered(String key, String value, int count) {
        assertThat(available("{\"Filters\":[{\"Key\":\"%s\",\"Values\":[\"%s\"]}]}".formatted(key, value)))
                .hasSize(count);
    }

    @Test
    void aFilterThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> available("{\"Filters\":[{\"Key\":\"COLOUR\",\"Values\":[\"red\"]}]}"))
                .hasMessageContaining("'COLOUR'");
    }

    @Test
    void aBaselineSaysWhatItApprovesNowLaterByNameAndNever() {
        String id = store.create("""
            {"Name": "web", "OperatingSystem": "REDHAT_ENTERPRISE_LINUX", "ApprovalRules": {"PatchRules": [
              {"PatchFilterGroup": {"PatchFilters": []}, "ApproveAfterDays": 7, "ComplianceLevel": "HIGH"}]}}
            """);
        assertThat(effective(id))
                .containsExactly(Map.entry("bash", "PENDING_APPROVAL"), Map.entry("openssl", "APPROVED"));

        String lists = store.create("""
            {"Name": "lists", "OperatingSystem": "REDHAT_ENTERPRISE_LINUX", "ApprovedPatches": ["bash"],
             "RejectedPatches": ["openssl"], "ApprovedPatchesEnableNonSecurity": true}
            """);
        assertThat(effective(lists))
                .containsExactly(Map.entry("bash", "EXPLICIT_APPROVED"), Map.entry("openssl", "EXPLICIT_REJECTED"));
    }

    @Test
    void thereIsNoListForASystemThatNoNodeRuns() {
        String id = store.create("{\"Name\":\"web\"}");

        assertThat(effective(id)).isEmpty();
        assertThatThrownBy(() -> effective("pb-0000000000000dead")).hasMessageContaining("does not exist");
    }

    @ParameterizedTest
    @CsvSource({
        "REDHAT_ENTERPRISE_LINUX,PRODUCT,RedhatEnterpriseLinux9.4",
        "REDHAT_ENTERPRISE_LINUX,CLASSIFICATION,Newpackage",
        "SUSE,SEVERITY,Moderate",
        "DEBIAN,PRIORITY,Extra",
        "WINDOWS,MSRC_SEVERITY,Unspecified",
        "WINDOWS,PRODUCT_FAMILY,Windows",
        "MACOS,CLASSIFICATION,Recommended"
    })
    void theWordsOfAPropertyAreListed(String system, String property, String expected) {
        assertThat(words(system, property)).contains(Map.of("Name", expected));
    }

    @ParameterizedTest
    @CsvSource({"DEBIAN,SEVERITY", "DEBIAN,CLASSIFICATION", "SUSE,PRIORITY", "UBUNTU,MSRC_SEVERITY", "MACOS,SEVERITY"})
    void aPropertyThatTheSystemDoesNotHaveIsRefused(String system, String property) {
        assertThatThrownBy(() -> words(system, property)).hasMessageContaining("have no property " + property);
    }

    private List<Map<String, String>> words(String system, String property) {
        String call = "{\"OperatingSystem\":\"%s\",\"Property\":\"%s\"}".formatted(system, property);
        return operations.properties(read(call, DescribePatchProperties.class)).properties();
    }

    private List<PatchEntry> available(String json) {
        return operations.available(read(json, DescribeAvailablePatches.class)).patches();
    }

    private List<Map.Entry<String, String>> effective(String id) {
        return operations
                .effective(new DescribeEffectivePatches(id, Optional.empty(), Optional.empty()))
                .patches()
                .stream()
                .map(AvailablePatchOperationsTest::told)
                .toList();
    }

    private static Map.Entry<String, String> told(EffectivePatch patch) {
        return Map.entry(patch.patch().name(), patch.status().deploymentStatus());
    }
}
