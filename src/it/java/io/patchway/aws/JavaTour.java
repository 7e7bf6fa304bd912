package io.patchway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.AlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.DoesNotExistException;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.InstancePatchState;
import software.amazon.awssdk.services.ssm.model.OperatingSystem;
import software.amazon.awssdk.services.ssm.model.PatchBaselineIdentity;
import software.amazon.awssdk.services.ssm.model.PatchComplianceData;
import software.amazon.awssdk.services.ssm.model.PatchComplianceDataState;
import software.amazon.awssdk.services.ssm.model.PatchComplianceLevel;
import software.amazon.awssdk.services.ssm.model.PatchFilter;
import software.amazon.awssdk.services.ssm.model.PatchFilterKey;
import software.amazon.awssdk.services.ssm.model.PatchRule;
import software.amazon.awssdk.services.ssm.model.PatchRuleGroup;
import software.amazon.awssdk.services.ssm.model.ResourceInUseException;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.ssm.model.Tag;
import software.amazon.awssdk.services.ssm.model.UpdatePatchBaselineResponse;

/** What people do with the AWS SDK for Java, call by call. */
final class JavaTour {
    private final SsmClient ssm;

    JavaTour(SsmClient ssm) {
        this.ssm = ssm;
    }

    /** Creates, changes, replaces, lists and deletes a baseline. */
    void changeBaselines() {
        String id = create("java-debian", OperatingSystem.DEBIAN);
        UpdatePatchBaselineResponse updated = ssm.updatePatchBaseline(request -> request.baselineId(id)
                .description("of the tour")
                .approvalRules(rules(PatchFilterKey.PRIORITY, "Required", "Important"))
                .rejectedPatches("telnetd")
                .rejectedPatchesAction("BLOCK"));
        GetPatchBaselineResponse stored = ssm.getPatchBaseline(request -> request.baselineId(id));
        assertThat(stored.approvalRules()).isEqualTo(updated.approvalRules());
        assertThat(stored.approvalRules().patchRules()).singleElement().satisfies(rule -> {
            assertThat(rule.complianceLevel()).isEqualTo(PatchComplianceLevel.UNSPECIFIED);
            assertThat(rule.enableNonSecurity()).isFalse();
            assertThat(rule.approveAfterDays()).isZero();
            assertThat(rule.approveUntilDate()).isNull();
        });
        assertThat(stored.createdDate()).isEqualTo(updated.createdDate()).isBefore(stored.modifiedDate());
        assertThat(stored.globalFilters().patchFilters()).isEmpty();

        UpdatePatchBaselineResponse replaced = ssm.updatePatchBaseline(
                request -> request.baselineId(id).name("java-replaced").replace(true));
        assertThat(replaced.description()).isNull();
        assertThat(replaced.rejectedPatches()).isEmpty();
        assertThat(replaced.rejectedPatchesActionAsString()).isEqualTo("ALLOW_AS_DEPENDENCY");

        assertThat(ssm.describePatchBaselinesPaginator(request -> request.maxResults(3)).stream()
                        .flatMap(page -> page.baselineIdentities().stream())
                        .map(PatchBaselineIdentity::baselineName))
                .contains("java-replaced", "AWS-DebianDefaultPatchBaseline");
        ssm.deletePatchBaseline(request -> request.baselineId(id));
        assertThatThrownBy(() -> ssm.getPatchBaseline(request -> request.baselineId(id)))
                .isInstanceOf(DoesNotExistException.class);
    }

    /** Gives baselines to a patch group; each refusal is the exception of its name. */
    void registerBaselines() {
        String first = create("java-first", OperatingSystem.CENTOS);
        String second = create("java-second", OperatingSystem.CENTOS);
        register(first, "java-web");
        assertThatThrownBy(() -> register(second, "java-web")).isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> register("pb-00000000000000000", "java-web"))
                .isInstanceOf(DoesNotExistException.class);
        assertThatThrownBy(() -> ssm.deletePatchBaseline(request -> request.baselineId(first)))
                .isInstanceOf(ResourceInUseException.class);
        assertThat(ssm.describePatchGroupsPaginator(request -> request.maxResults(1))
                        .mappings())
                .anySatisfy(mapping -> {
                    assertThat(mapping.patchGroup()).isEqualTo("java-web");
                    assertThat(mapping.baselineIdentity().baselineId()).isEqualTo(first);
                });
        assertThatThrownBy(() -> create("no blanks", OperatingSystem.CENTOS))
                .isInstanceOfSatisfying(SsmException.class, refusal -> {
                    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
                    assertThat(refusal.requestId()).hasSize(36);
                    assertThat(refusal.statusCode()).isEqualTo(400);
                });
    }

    /** Scans and patches a server, and reads what it has then. */
    void patch(String server) {
        String node = ssm.describeInstanceInformationPaginator(request -> request.maxResults(5)).stream()
                .flatMap(page -> page.instanceInformationList().stream())
                .filter(each -> server.equals(each.name()))
                .findFirst()
                .orElseThrow()
                .instanceId();
        String baseline = create("java-rocky", OperatingSystem.ROCKY_LINUX);
        register(baseline, "java-rocky");
        ssm.addTagsToResource(request -> request.resourceType(ResourceTypeForTagging.MANAGED_INSTANCE)
                .resourceId(node)
                .tags(Tag.builder().key("Patch Group").value("java-rocky").build()));
        ssm.updatePatchBaseline(request -> request.baselineId(baseline)
                .approvalRules(rules(PatchFilterKey.CLASSIFICATION, "Bugfix"))
                .approvedPatches("CVE-2023-38545")
                .approvedPatchesComplianceLevel(PatchComplianceLevel.CRITICAL));

        run(node, "Scan");
        InstancePatchState scanned = state(node);
        assertThat(names(node, PatchComplianceDataState.MISSING))
                .containsExactlyInAnyOrder("curl.x86_64", "nss.x86_64", "tzdata.x86_64");
        assertThat(scanned.missingCount()).isEqualTo(3);
        assertThat(scanned.criticalNonCompliantCount()).isEqualTo(1);
        assertThat(scanned.operationStartTime()).isBefore(scanned.operationEndTime());

        run(node, "Install");
        assertThat(names(node, PatchComplianceDataState.INSTALLED))
                .containsExactlyInAnyOrder("curl.x86_64", "nss.x86_64", "tzdata.x86_64");
        assertThat(state(node).missingCount()).isZero();
        assertThat(state(node).criticalNonCompliantCount()).isZero();
    }

    private void run(String node, String operation) {
        String command = ssm.sendCommand(request -> request.documentName("AWS-RunPatchBaseline")
                        .instanceIds(node)
                        .parameters(Map.of("Operation", List.of(operation))))
                .command()
                .commandId();
        try (var waiter = ssm.waiter()) {
            assertThat(waiter.waitUntilCommandExecuted(
                                    request -> request.commandId(command).instanceId(node),
                                    override -> override.maxAttempts(60)
                                            .backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofSeconds(1))))
                            .matched()
                            .response())
                    .isPresent();
        }
    }

    private List<String> names(String node, PatchComplianceDataState state) {
        return ssm
                .describeInstancePatchesPaginator(
                        request -> request.instanceId(node).maxResults(10))
                .patches()
                .stream()
                .filter(patch -> patch.state() == state)
                .map(PatchComplianceData::kbId)
                .toList();
    }

    private InstancePatchState state(String node) {
        return ssm.describeInstancePatchStates(request -> request.instanceIds(node))
                .instancePatchStates()
                .getFirst();
    }

    private void register(String baseline, String group) {
        ssm.registerPatchBaselineForPatchGroup(
                request -> request.baselineId(baseline).patchGroup(group));
    }

    private String create(String name, OperatingSystem system) {
        return ssm.createPatchBaseline(CreatePatchBaselineRequest.builder()
                        .name(name)
                        .operatingSystem(system)
                        .build())
                .baselineId();
    }

    private static PatchRuleGroup rules(PatchFilterKey key, String... values) {
        PatchFilter filter = PatchFilter.builder().key(key).values(values).build();
        PatchRule rule = PatchRule.builder()
                .approveAfterDays(0)
                .patchFilterGroup(group -> group.patchFilters(filter))
                .build();
        return PatchRuleGroup.builder().patchRules(rule).build();
    }
}
