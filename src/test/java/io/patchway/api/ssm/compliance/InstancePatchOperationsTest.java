package io.patchway.api.ssm.compliance;

import static io.patchway.api.ssm.PatchedFleet.DB_01;
import static io.patchway.api.ssm.PatchedFleet.NOBODY;
import static io.patchway.api.ssm.PatchedFleet.NOON;
import static io.patchway.api.ssm.PatchedFleet.OPERATOR;
import static io.patchway.api.ssm.PatchedFleet.WEB_01;
import static io.patchway.api.ssm.PatchedFleet.WEB_02;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.api.ssm.KeyFilter;
import io.patchway.api.ssm.PatchedFleet;
import io.patchway.api.ssm.ScannedHost;
import io.patchway.api.ssm.SsmException;
import io.patchway.api.ssm.SsmJson;
import io.patchway.api.ssm.command.DocumentOperations;
import io.patchway.api.ssm.command.DocumentOperations.DescribeDocument;
import io.patchway.api.ssm.command.DocumentOperations.GetDocument;
import io.patchway.api.ssm.command.DocumentOperations.ListDocuments;
import io.patchway.api.ssm.command.DocumentText;
import io.patchway.api.ssm.command.PatchDocument;
import io.patchway.api.ssm.compliance.ComplianceOperations.Entry;
import io.patchway.api.ssm.compliance.ComplianceOperations.ListComplianceItems;
import io.patchway.api.ssm.compliance.ComplianceOperations.PutComplianceItems;
import io.patchway.api.ssm.compliance.ComplianceSummaryOperations.SummariesQuery;
import io.patchway.api.ssm.compliance.InstanceInformationOperations.DescribeInstanceInformation;
import io.patchway.api.ssm.compliance.InstanceInformationOperations.InstanceInformation;
import io.patchway.api.ssm.compliance.InstanceInformationOperations.ValueSetFilter;
import io.patchway.api.ssm.compliance.InstancePatchOperations.DescribeInstancePatchStates;
import io.patchway.api.ssm.compliance.InstancePatchOperations.DescribeInstancePatchStatesForPatchGroup;
import io.patchway.api.ssm.compliance.InstancePatchOperations.DescribeInstancePatches;
import io.patchway.api.ssm.compliance.InstancePatchOperations.DescribePatchGroupState;
import io.patchway.api.ssm.compliance.InstancePatchOperations.InstancePatches;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.PatchNotice;
import io.patchway.baseline.PatchState;
import io.patchway.compliance.ScanSummary;
import io.patchway.rollout.Rollout;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RunState;
import io.patchway.server.ServerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What nodes have and lack, whoever asks in which words. */
class InstancePatchOperationsTest {
    private final PatchedFleet fleet = new PatchedFleet();
    private final ScannedPatches scanned = new ScannedPatches(fleet.records);
    private final InstancePatchOperations patches = new InstancePatchOperations(fleet.nodes, fleet.records, scanned);
    private final ComplianceOperations compliance =
            new ComplianceOperations(fleet.nodes, fleet.records, scanned, fleet.reports);
    private final ComplianceSummaryOperations summaries =
            new ComplianceSummaryOperations(fleet.nodes, fleet.records, fleet.reports);
    private final InstanceInformationOperations information =
            new InstanceInformationOperations(fleet.nodes, fleet.records, fleet.history);

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void eachPackageOfTheLastScanIsTold() throws Exception {
        scan("web-01", mixed());

        List<InstancePatch> told =
                describe(WEB_01, List.of(), Optional.empty(), Optional.empty()).patches();

        assertThat(told)
                .extracting(InstancePatch::state)
                .containsExactly("FAILED", "INSTALLED", "INSTALLED_OTHER", "MISSING", "INSTALLED_PENDING_REBOOT");
        assertThat(told.get(3))
                .isEqualTo(new InstancePatch(
                        "openssl.x86_64:2:1.1-1",
                        "openssl.x86_64",
                        "Security",
                        "Important",
                        "MISSING",
                        ScannedHost.INSTALLED_AT,
                        Optional.of("CVE-2026-1,CVE-2026-2")));
        assertThat(SsmJson.text(told.get(2))).isEqualTo("""
            {"Title":"curl.x86_64:0:1.0-1","KBId":"curl.x86_64","Classification":"","Severity":"",\
            "State":"INSTALLED_OTHER","InstalledTime":1767323045.000}\
            """);
    }

    @Test
    void securityUpdatesThatWaitForARebootAreToldWithTheirNotices() {
        scan("web-01", patched(PatchState.INSTALLED_PENDING_REBOOT).installing());

        assertThat(notices("INSTALLED_PENDING_REBOOT"))
                .containsExactly(
                        "bash.x86_64 Security Critical",
                        "curl.x86_64 Security Important",
                        "zlib.x86_64 Security Moderate");
        NodeState node = states(WEB_01).getFirst();
        assertThat(node.installedPendingReboot()).isEqualTo(3);
        assertThat(node.securityNonCompliant()).isEqualTo(3);
        assertThat(node.criticalNonCompliant()).isZero();
        assertThat(node.otherNonCompliant()).isZero();
        assertThat(summaries.byNode(query(filter("ComplianceType", "Patch"))).items())
                .filteredOn(item -> item.resourceId().equals(WEB_01))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.overallSeverity()).isEqualTo("HIGH");
                    assertThat(item.nonCompliant().count()).isEqualTo(3);
                });
    }

    @Test
    void installedSecurityUpdatesAreToldWithTheirNotices() {
        scan("web-01", patched(PatchState.INSTALLED));

        assertThat(notices("INSTALLED"))
                .containsExactly(
                        "bash.x86_64 Security Critical",
                        "curl.x86_64 Security Important",
                        "zlib.x86_64 Security Moderate");
        assertThat(states(WEB_01).getFirst().securityNonCompliant()).isZero();
    }

    @Test
    void packagesAreFilteredInWhateverSpelling() {
        scan("web-01", mixed());

        assertThat(kbIds("State", "InstalledPendingReboot")).containsExactly("zlib.x86_64");
        assertThat(kbIds("State", "INSTALLED_PENDING_REBOOT")).containsExactly("zlib.x86_64");
        assertThat(kbIds("State", "Missing", "Failed")).containsExactly("bash.x86_64", "openssl.x86_64");
        assertThat(kbIds("Classification", "security")).containsExactly("bash.x86_64", "openssl.x86_64");
        assertThat(kbIds("KBId", "curl.x86_64")).containsExactly("curl.x86_64");
        assertThat(kbIds("Severity", "Low")).isEmpty();
        assertRefused("InvalidFilter", () -> kbIds("Colour", "red"));
        assertRefused("InvalidFilter", () -> kbIds(null, "red"));
        assertRefused("InvalidInstanceId", () -> describe(NOBODY, List.of(), Optional.empty(), Optional.empty()));
    }

    @Test
    void aListIsOfOneScanWhateverIsScannedMeanwhile() {
        scan("web-01", mixed());
        InstancePatches first = describe(WEB_01, List.of(), Optional.empty(), Optional.of(3));

        scan("web-01", new ScannedHost().has("other", PatchState.MISSING));
        InstancePatches second = describe(WEB_01, List.of(), first.nextToken(), Optional.of(3));

        assertThat(second.patches()).extracting(InstancePatch::kbId).containsExactly("openssl.x86_64", "zlib.x86_64");
        assertThat(second.nextToken()).isEmpty();
        assertRefused("InvalidNextToken", () -> describe(WEB_02, List.of(), first.nextToken(), Optional.of(3)));
        assertRefused("InvalidNextToken", () -> describe(WEB_01, List.of(), Optional.of("bm8"), Optional.of(3)));
    }

    @Test
    void aNodeThatWasNeverScannedHasNothingToTell() {
        assertThat(describe(WEB_01, List.of(), Optional.empty(), Optional.empty())
                        .patches())
                .isEmpty();
        assertThat(states(WEB_01, NOBODY)).isEmpty();
    }

    @Test
    void aNodeIsToldInFigures() {
        scan("web-01", mixed().installing());
        scan("web-02", new ScannedHost().has("bash", PatchState.INSTALLED));

        List<NodeState> told = states(WEB_02, WEB_01);

        assertThat(told).extracting(NodeState::instanceId).containsExactly(WEB_02, WEB_01);
        NodeState mixed = told.get(1);
        assertThat(mixed.patchGroup()).isEqualTo("Web Servers");
        assertThat(mixed.baselineId()).isEqualTo(ScannedHost.BASELINE.value());
        assertThat(mixed.operation()).isEqualTo("Install");
        assertThat(mixed.rebootOption()).isEqualTo("NoReboot");
        assertThat(mixed.lastUnrebooted()).contains(NOON);
        assertThat(List.of(
                        mixed.installed(),
                        mixed.installedOther(),
                        mixed.installedPendingReboot(),
                        mixed.missing(),
                        mixed.failed(),
                        mixed.criticalNonCompliant()))
                .containsExactly(1, 1, 1, 1, 1, 1);
    }

    @Test
    void aScanUnderAnotherBaselineChangesNoState() {
        scan("web-01", new ScannedHost().has("bash", PatchState.INSTALLED));
        scan("web-01", new ScannedHost().has("bash", PatchState.MISSING).underOtherBaseline());

        assertThat(states(WEB_01))
                .singleElement()
                .satisfies(state -> assertThat(state.missing()).isZero());
    }

    @Test
    void patchGroupsAreReadFromTheTagsOfServers() {
        assertThat(patches.groupState(new DescribePatchGroupState("Nobody's")).instances())
                .isZero();
        assertThat(patches.statesOfGroup(new DescribeInstancePatchStatesForPatchGroup(
                                "Nobody's", List.of(), Optional.empty(), Optional.empty()))
                        .states())
                .isEmpty();
        assertRefused(
                "InvalidFilter",
                () -> patches.statesOfGroup(new DescribeInstancePatchStatesForPatchGroup(
                        "any",
                        List.of(new CountFilter("Colour", List.of("1"), "Equal")),
                        Optional.empty(),
                        Optional.empty())));
        assertRefused(
                "InvalidFilter",
                () -> patches.statesOfGroup(new DescribeInstancePatchStatesForPatchGroup(
                        "any",
                        List.of(new CountFilter("MissingCount", List.of("x"), "Equal")),
                        Optional.empty(),
                        Optional.empty())));
    }

    @Test
    void figuresAreCompared() {
        NodeState state = NodeState.of(fleetScan());

        assertThat(new CountFilter("MissingCount", List.of("1"), "Equal").passes(state))
                .isTrue();
        assertThat(new CountFilter("MissingCount", List.of("1"), "NotEqual").passes(state))
                .isFalse();
        assertThat(new CountFilter("MissingCount", List.of("2"), "LessThan").passes(state))
                .isTrue();
        assertThat(new CountFilter("MissingCount", List.of("1"), "GreaterThan").passes(state))
                .isFalse();
    }

    @Test
    void complianceItemsArePatchesAndWhatOthersReport() {
        scan("web-01", mixed());
        report("Custom:Antivirus", "COMPLETE", entry("signatures", "CRITICAL", "NON_COMPLIANT"));

        List<ComplianceItem> all = items(List.of(WEB_01), List.of());

        assertThat(all).extracting(ComplianceItem::complianceType).containsOnly("Patch", "Custom:Antivirus");
        assertThat(items(List.of(), List.of(filter("Status", "NON_COMPLIANT"), filter("ComplianceType", "Patch"))))
                .extracting(ComplianceItem::id)
                .containsExactly("bash.x86_64", "openssl.x86_64", "zlib.x86_64");
        assertThat(all)
                .filteredOn(item -> item.id().equals("openssl.x86_64"))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.severity()).isEqualTo("CRITICAL");
                    assertThat(item.details())
                            .containsEntry("PatchState", "MISSING")
                            .containsEntry("PatchGroup", "Web Servers");
                });
        assertRefused("InvalidResourceId", () -> items(List.of(NOBODY), List.of()));
        assertRefused("InvalidFilter", () -> items(List.of(), List.of(filter("Colour", "red"))));
        assertRefused(
                "InvalidResourceType",
                () -> compliance.items(new ListComplianceItems(
                        List.of(), List.of(), List.of("Printer"), Optional.empty(), Optional.empty())));
    }

    @Test
    void complianceItemsAreReadPageByPage() {
        scan("web-01", mixed());
        scan("web-02", mixed());

        ComplianceOperations.ComplianceItems first = compliance.items(
                new ListComplianceItems(List.of(), List.of(), List.of(), Optional.empty(), Optional.of(7)));
        ComplianceOperations.ComplianceItems second = compliance.items(
                new ListComplianceItems(List.of(), List.of(), List.of(), first.nextToken(), Optional.of(7)));

        assertThat(first.items()).hasSize(7);
        assertThat(second.items())
                .hasSize(3)
                .extracting(ComplianceItem::resourceId)
                .containsOnly(WEB_02);
        assertThat(second.nextToken()).isEmpty();
    }

    @Test
    void aReportTakesThePlaceOfTheLastOneOrAddsToIt() {
        report("Custom:Antivirus", "COMPLETE", entry("signatures", "CRITICAL", "NON_COMPLIANT"));
        report("Custom:Antivirus", "PARTIAL", entry("engine", "LOW", "COMPLIANT"));
        assertThat(items(List.of(WEB_01), List.of()))
                .extracting(ComplianceItem::id)
                .containsExactly("engine", "signatures");

        report("Custom:Antivirus", "COMPLETE", entry("engine", "LOW", "NON_COMPLIANT"));

        assertThat(items(List.of(WEB_01), List.of())).singleElement().satisfies(item -> {
            assertThat(item.id()).isEqualTo("engine");
            assertThat(item.status()).isEqualTo("NON_COMPLIANT");
        });
        assertRefused("InvalidItemContentException", () -> report("Patch", "COMPLETE"));
        assertRefused(
                "InvalidItemContentException",
                () -> report("Custom:Antivirus", "COMPLETE", entry("a\u0000b", "LOW", "COMPLIANT")));
        assertRefused(
                "InvalidItemContentException",
                () -> report(
                        "Custom:Antivirus",
                        "COMPLETE",
                        entry("one", "LOW", "COMPLIANT"),
                        entry("one", "LOW", "COMPLIANT")));
    }

    @Test
    void complianceIsSummedUpByTypeAndByNode() {
        scan("web-01", mixed());
        scan("web-02", new ScannedHost().has("bash", PatchState.INSTALLED));
        report("Custom:Antivirus", "COMPLETE", entry("signatures", "HIGH", "NON_COMPLIANT"));

        assertThat(summaries.byType(query()).items())
                .extracting(item -> item.complianceType() + " "
                        + item.compliant().count() + " " + item.nonCompliant().count() + " "
                        + item.nonCompliant().severities().critical())
                .containsExactly("Custom:Antivirus 0 1 0", "Patch 1 1 1");
        assertThat(summaries.byNode(query(filter("ComplianceType", "Patch"))).items())
                .satisfiesExactly(
                        web01 -> {
                            assertThat(web01.resourceId()).isEqualTo(WEB_01);
                            assertThat(web01.status()).isEqualTo("NON_COMPLIANT");
                            assertThat(web01.overallSeverity()).isEqualTo("CRITICAL");
                            assertThat(web01.compliant().count()).isEqualTo(2);
                            assertThat(web01.nonCompliant().count()).isEqualTo(3);
                        },
                        web02 -> assertThat(web02.status()).isEqualTo("COMPLIANT"));
    }

    @Test
    void nodesAreToldWithWhenTheyWereLastSeen() {
        scan("web-01", mixed());
        scan("web-02", mixed());
        fleet.ledger.accept(request("web-02"), Optional.empty());
        fleet.end("web-02", RunState.FAILED, List.of(), Optional.empty());

        Map<String, InstanceInformation> told = new TreeMap<>();
        information.describe(nodes(List.of(), List.of())).nodes().forEach(node -> told.put(node.name(), node));

        assertThat(told.get("web-01").pingStatus()).isEqualTo("Online");
        assertThat(told.get("web-01").lastPing()).contains(NOON);
        assertThat(told.get("web-01").platformVersion()).contains("9.4");
        assertThat(told.get("web-02").pingStatus()).isEqualTo("ConnectionLost");
        assertThat(told.get("db-01").pingStatus()).isEqualTo("Inactive");
        assertThat(names(List.of(), List.of(new KeyFilter("tag:environment", List.of("test")))))
                .containsExactly("web-02");
        assertThat(names(List.of(new ValueSetFilter("InstanceIds", List.of(DB_01))), List.of()))
                .containsExactly("db-01");
        assertThat(names(List.of(), List.of(new KeyFilter("PingStatus", List.of("Online")))))
                .containsExactly("web-01");
        assertRefused(
                "InvalidInstanceId",
                () -> names(List.of(new ValueSetFilter("InstanceIds", List.of(NOBODY))), List.of()));
        assertRefused("InvalidFilterKey", () -> names(List.of(), List.of(new KeyFilter("Colour", List.of("red")))));
        assertRefused(
                "InvalidInstanceInformationFilterValue",
                () -> names(List.of(), List.of(new KeyFilter("PingStatus", List.of("Asleep")))));
    }

    @Test
    void theDocumentsAreDescribed() throws Exception {
        DocumentOperations.Document document = DocumentOperations.describe(
                        new DescribeDocument("AWS-RunPatchBaselineWithHooks", Optional.of("$LATEST")))
                .document();

        assertThat(document.parameters())
                .extracting(DocumentOperations.Parameter::name)
                .contains("Operation", "RebootOption", "PreInstallHookDocName");
        assertThat(DocumentText.hash(PatchDocument.RUN_PATCH_BASELINE_WITH_HOOKS))
                .isEqualTo(document.hash());
        assertThat(SsmJson.mapper()
                        .readTree(DocumentOperations.content(
                                        new GetDocument("AWS-RunPatchBaseline", Optional.empty(), Optional.empty()))
                                .content())
                        .at("/parameters/Operation/allowedValues/1")
                        .asText())
                .isEqualTo("Install");
        assertThat(DocumentOperations.list(new ListDocuments(
                        List.of(),
                        List.of(new KeyFilter("Owner", List.of("Amazon"))),
                        Optional.of(1),
                        Optional.empty())))
                .satisfies(page -> assertThat(page.nextToken()).isPresent());
        assertRefused(
                "InvalidDocument", () -> DocumentOperations.describe(new DescribeDocument("Mine", Optional.empty())));
    }

    private static ScannedHost mixed() {
        return new ScannedHost()
                .has("bash", PatchState.FAILED)
                .has("coreutils", PatchState.INSTALLED)
                .has("curl", PatchState.INSTALLED_OTHER)
                .has("openssl", PatchState.MISSING, ComplianceLevel.CRITICAL)
                .has("zlib", PatchState.INSTALLED_PENDING_REBOOT);
    }

    /** What a run has installed under a rule of level HIGH. */
    private static ScannedHost patched(PatchState state) {
        return new ScannedHost()
                .has("bash", state, new PatchNotice("Security", "Critical", true, ComplianceLevel.HIGH))
                .has("curl", state, new PatchNotice("Security", "Important", true, ComplianceLevel.HIGH))
                .has("zlib", state, new PatchNotice("Security", "Moderate", true, ComplianceLevel.HIGH));
    }

    private List<String> notices(String state) {
        return describe(WEB_01, List.of(new KeyFilter("State", List.of(state))), Optional.empty(), Optional.empty())
                .patches()
                .stream()
                .map(patch -> patch.kbId() + " " + patch.classification() + " " + patch.severity())
                .toList();
    }

    private ScanSummary fleetScan() {
        scan("web-01", mixed());
        return fleet.records.inForce(new ServerId("web-01")).orElseThrow();
    }

    private void scan(String server, ScannedHost host) {
        fleet.ledger.accept(request(server), Optional.empty());
        fleet.end(server, RunState.SUCCEEDED, List.of(), Optional.of(host.scannedAt(NOON)));
    }

    private PatchRequest request(String server) {
        return new PatchRequest(
                RequestId.next(),
                Operation.SCAN,
                RebootOption.IF_NEEDED,
                1,
                "test",
                "tester",
                List.of(new ServerId(server)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Rollout.ALL_AT_ONCE,
                fleet.clock.instant());
    }

    private InstancePatches describe(
            String node, List<KeyFilter> filters, Optional<String> token, Optional<Integer> most) {
        return patches.patches(new DescribeInstancePatches(node, filters, token, most));
    }

    private List<String> kbIds(String key, String... values) {
        return describe(WEB_01, List.of(new KeyFilter(key, List.of(values))), Optional.empty(), Optional.empty())
                .patches()
                .stream()
                .map(InstancePatch::kbId)
                .toList();
    }

    private List<NodeState> states(String... nodes) {
        return patches.states(new DescribeInstancePatchStates(List.of(nodes), Optional.empty(), Optional.empty()))
                .states();
    }

    private List<ComplianceItem> items(List<String> nodes, List<ComplianceFilter> filters) {
        return compliance
                .items(new ListComplianceItems(filters, nodes, List.of(), Optional.empty(), Optional.empty()))
                .items();
    }

    private static ComplianceFilter filter(String key, String value) {
        return new ComplianceFilter(key, List.of(value), "EQUAL");
    }

    private static SummariesQuery query(ComplianceFilter... filters) {
        return new SummariesQuery(List.of(filters), Optional.empty(), Optional.empty());
    }

    private void report(String type, String uploadType, Entry... entries) {
        compliance.put(
                OPERATOR,
                new PutComplianceItems(
                        WEB_01,
                        "ManagedInstance",
                        type,
                        new ExecutionSummary(NOON, Optional.of("check-1"), Optional.of("Check")),
                        List.of(entries),
                        Optional.of(uploadType)));
    }

    private static Entry entry(String id, String severity, String status) {
        return new Entry(Optional.of(id), Optional.of("The " + id), severity, status, Map.of("engine", "clam"));
    }

    private static DescribeInstanceInformation nodes(List<ValueSetFilter> older, List<KeyFilter> filters) {
        return new DescribeInstanceInformation(older, filters, Optional.empty(), Optional.empty());
    }

    private List<String> names(List<ValueSetFilter> older, List<KeyFilter> filters) {
        return information.describe(nodes(older, filters)).nodes().stream()
                .map(InstanceInformation::name)
                .toList();
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SsmException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
