package io.patchway.store;

import io.patchway.baseline.ApprovalDate;
import io.patchway.baseline.ApprovalRule;
import io.patchway.baseline.BaselineId;
import io.patchway.baseline.BaselineVersion;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.Evaluation;
import io.patchway.baseline.FilterKey;
import io.patchway.baseline.FrozenBaseline;
import io.patchway.baseline.PackageState;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.PatchDecision;
import io.patchway.baseline.PatchFilter;
import io.patchway.baseline.PatchSource;
import io.patchway.baseline.PatchState;
import io.patchway.baseline.RejectedPatchesAction;
import io.patchway.baseline.SecurityUpdatesStatus;
import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.patch.Severity;
import io.patchway.rollout.Rollout;
import io.patchway.run.Hook;
import io.patchway.run.HookMemory;
import io.patchway.run.HookOccasion;
import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress;
import io.patchway.run.MachineMemory;
import io.patchway.run.MachineOrders;
import io.patchway.run.Operation;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchRequest;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RunMemory;
import io.patchway.run.RunState;
import io.patchway.run.ScanRecord;
import io.patchway.run.SpecialOrders;
import io.patchway.scan.HostFacts;
import io.patchway.scan.RebootVote;
import io.patchway.scan.ScanResult;
import io.patchway.server.OperatingSystem;
import io.patchway.server.PatchFamily;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Records with every part filled in. */
final class Samples {
    /** In the hour that the clocks of {@code Europe/London} show twice. */
    static final Instant NOON = Instant.parse("2026-10-25T01:30:00.123456Z");

    static final PackageKey OPENSSL = new PackageKey("openssl", "x86_64");

    private Samples() {}

    static PatchRequest request(String... servers) {
        return new PatchRequest(
                RequestId.next(),
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                5,
                "inbox nightly.json",
                "Jürgen Müller",
                List.of(servers).stream().map(ServerId::new).toList(),
                Optional.of("web-baseline"),
                Optional.of(UUID.fromString("5a5b5c5d-0000-4000-8000-000000000001")),
                Optional.of("Yum Update"),
                List.of("kernel*", "nss*"),
                List.of("ops@example.org", "dev@example.org"),
                Optional.of(new WindowSpan(
                        "web-sunday",
                        NOON.minusSeconds(60),
                        NOON.plus(Duration.ofHours(2)),
                        NOON.plus(Duration.ofHours(3)))),
                Rollout.ALL_AT_ONCE,
                NOON);
    }

    /** A plain request in a window. */
    static PatchRequest windowRequest(WindowSpan window, String server) {
        return new PatchRequest(
                RequestId.next(),
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                5,
                "window",
                "olga",
                List.of(new ServerId(server)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(window),
                Rollout.ALL_AT_ONCE,
                NOON);
    }

    /** A request about the snapshot of a machine. */
    static PatchRequest machineRequest(MachineOrders orders, ServerId server, String... recipients) {
        return new PatchRequest(
                RequestId.next(),
                Operation.CREATE_SNAPSHOT,
                RebootOption.IF_NEEDED,
                5,
                "clc 127.0.0.1",
                "olga",
                List.of(server),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(recipients),
                Optional.empty(),
                Rollout.ALL_AT_ONCE,
                SpecialOrders.NONE.on(orders),
                NOON);
    }

    private static MachineMemory machine() {
        return MachineMemory.NONE
                .startedFirst(Operation.SHUT_DOWN)
                .about(Operation.SHUT_DOWN)
                .heard()
                .doubted()
                .silentAt(NOON)
                .keeping(new HookMemory.Ending(RunState.FAILED, "dnf broke", Optional.of("broken")));
    }

    private static PatchSource source() {
        return new PatchSource("mirror", List.of("*"), "[mirror]\nbaseurl=https://mirror.example.com/größe\n");
    }

    private static HookMemory hooks() {
        return HookMemory.of(Map.of(HookOccasion.ON_EXIT, new Hook("rejoin", "exit 0\n")))
                .afterInstall(Optional.of("hook warm (PostInstall) ended with status 1"))
                .endingWith(new HookMemory.Ending(RunState.FAILED, "dnf broke", Optional.of("broken")));
    }

    static RunMemory memory() {
        return new RunMemory(
                Optional.of(frozen()),
                Optional.of(new InstallPlan(List.of(patch()), List.of("kernel*"), List.of(source()))
                        .with(Map.of(HookOccasion.PRE_INSTALL, new Hook("drain", "exit 0\n")))),
                Optional.of(InstallProgress.Meaning.FAILED),
                Optional.of("0f1e2d3c-boot"),
                2,
                3,
                Set.of(OPENSSL),
                Set.of(OPENSSL),
                Set.of("openssl.x86_64 1:3.0.7-28.el9"),
                Optional.of("dnf said \"no\""),
                hooks(),
                machine());
    }

    static FrozenBaseline frozen() {
        return new FrozenBaseline(
                Optional.of(new BaselineVersion(BaselineId.ofName("web-baseline"), 3)), baseline(), Optional.of(NOON));
    }

    static PatchBaseline baseline() {
        PatchFilter security = new PatchFilter(FilterKey.CLASSIFICATION, List.of("Security"));
        return new PatchBaseline(
                "web-baseline",
                "for the web tier",
                OperatingSystem.ROCKY_LINUX,
                List.of(new PatchFilter(FilterKey.PRODUCT, List.of("*"))),
                List.of(
                        new ApprovalRule(
                                List.of(security), ComplianceLevel.CRITICAL, new ApprovalDate.AfterDays(7), false),
                        new ApprovalRule(
                                List.of(),
                                ComplianceLevel.LOW,
                                new ApprovalDate.UntilDay(LocalDate.of(2026, 9, 30)),
                                true)),
                List.of("curl-*"),
                ComplianceLevel.HIGH,
                true,
                List.of("nss*"),
                RejectedPatchesAction.BLOCK,
                List.of(new PatchSource("extra", List.of("*"), "[extra]\nbaseurl=https://mirror.example.org/")),
                Optional.of(SecurityUpdatesStatus.NON_COMPLIANT),
                true);
    }

    static Patch patch() {
        return new Patch(
                OPENSSL,
                PackageVersion.rpm("1:3.0.7-28.el9"),
                Optional.of(PackageVersion.rpm("1:3.0.7-27.el9")),
                "baseos",
                List.of(new Advisory(
                        "RLSA-2026:1234",
                        "Important: openssl – ‘security’ update \uD83D\uDD12 \u0000 \uD800",
                        Classification.SECURITY,
                        Severity.IMPORTANT,
                        Optional.of(NOON.minus(Duration.ofDays(9))),
                        Optional.empty(),
                        List.of("CVE-2026-0001", "CVE-2026-0002"),
                        List.of("2210000"),
                        true)),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(NOON.minus(Duration.ofDays(10))),
                List.of("CVE-2026-0003"),
                Optional.of("openssl-src"));
    }

    static PatchChange change(int round, PatchChange.Outcome outcome, String reason) {
        return new PatchChange(
                round,
                OPENSSL,
                Optional.of("1:3.0.7-27.el9"),
                "1:3.0.7-28.el9",
                outcome,
                "Security",
                "Important",
                List.of("RLSA-2026:1234"),
                List.of("CVE-2026-0001", "CVE-2026-0002"),
                reason);
    }

    static ScanRecord scan(Instant takenAt) {
        PatchDecision.Reason reason = new PatchDecision.Reason("ApprovalRules[0]", "Rule 1 approves it.");
        ScanResult result = new ScanResult(
                takenAt,
                PatchFamily.YUM,
                new HostFacts(
                        "web-01",
                        "rocky",
                        "9.4",
                        "Rocky Linux 9.4",
                        "x86_64",
                        "5.14.0",
                        "0f1e2d3c-boot",
                        Duration.ofHours(30),
                        "dnf 4.14.0"),
                List.of(new InstalledPackage(
                        OPENSSL, PackageVersion.rpm("1:3.0.7-27.el9"), Optional.of(NOON.minus(Duration.ofDays(90))))),
                List.of(patch()),
                Set.of("nginx"),
                List.of(new RebootVote("needs-restarting", true, RebootVote.Answer.NEEDED, "core libraries")),
                Optional.of(Duration.ofMinutes(12)));
        Evaluation evaluation = new Evaluation(
                List.of(new PatchDecision(
                        patch(), PatchDecision.Verdict.APPROVED, ComplianceLevel.CRITICAL, Optional.of(NOON), reason)),
                List.of(new PackageState(
                        OPENSSL,
                        PatchState.MISSING,
                        Optional.of(PackageVersion.rpm("1:3.0.7-27.el9")),
                        Optional.of(patch()),
                        ComplianceLevel.CRITICAL,
                        reason)));
        return new ScanRecord(result, "web-baseline", frozen().version(), evaluation);
    }
}
