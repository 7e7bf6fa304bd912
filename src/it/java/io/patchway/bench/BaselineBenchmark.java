package io.patchway.bench;

import com.sun.management.OperatingSystemMXBean;
import io.patchway.baseline.ApprovalDate;
import io.patchway.baseline.ApprovalRule;
import io.patchway.baseline.BaselineEvaluation;
import io.patchway.baseline.ComplianceLevel;
import io.patchway.baseline.EvaluationInput;
import io.patchway.baseline.FilterKey;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.PatchFilter;
import io.patchway.baseline.RejectedPatchesAction;
import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.patch.Severity;
import io.patchway.server.OperatingSystem;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Evaluates one baseline for a fleet: 10,000 advisories, each naming one package version, against 1,000 servers that
 * have 500 packages each. No outcome is shared between servers. The first round is cold, the second and third show the
 * steady state.
 *
 * <p>{@code mvn test-compile exec:exec -Dexec.classpathScope=test -Dmain.class=io.patchway.bench.BaselineBenchmark}
 */
public final class BaselineBenchmark {
    private static final int SERVERS = 1_000;
    private static final int PACKAGES = 2_000;
    private static final int VERSIONS = 5;
    private static final int INSTALLED = 500;
    private static final int ROUNDS = 3;
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final List<Classification> CLASSIFICATIONS =
            List.of(Classification.SECURITY, Classification.BUGFIX, Classification.ENHANCEMENT);
    private static final List<Severity> SEVERITIES =
            List.of(Severity.CRITICAL, Severity.IMPORTANT, Severity.MODERATE, Severity.LOW);

    private final Random random = new Random(20261121);
    private final List<PackageKey> keys = IntStream.range(0, PACKAGES)
            .mapToObj(number -> new PackageKey("package" + number, "x86_64"))
            .sorted()
            .toList();

    public static void main(String[] arguments) {
        BaselineBenchmark benchmark = new BaselineBenchmark();
        List<Patch> offered = benchmark.offeredPatches();
        List<EvaluationInput> servers = IntStream.range(0, SERVERS)
                .mapToObj(number -> benchmark.server(offered))
                .toList();
        PatchBaseline baseline = baseline();
        System.out.printf(
                "%,d advisories, %,d servers with %d packages each, %d cores%n",
                offered.size(), SERVERS, INSTALLED, Runtime.getRuntime().availableProcessors());
        for (int round = 1; round <= ROUNDS; round++) {
            measure(round, baseline, servers, offered.size());
        }
    }

    private static void measure(int round, PatchBaseline baseline, List<EvaluationInput> servers, int offered) {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long start = System.nanoTime();
        long processorTime = process.getProcessCpuTime();
        long missing = servers.parallelStream()
                .mapToLong(server ->
                        BaselineEvaluation.evaluate(baseline, server).missing().size())
                .sum();
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        double processorSeconds =
                Duration.ofNanos(process.getProcessCpuTime() - processorTime).toMillis() / 1000.0;
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "round %d: %.2f s (%.2f s of processor time), %,.0f servers/s, %,.0f patch decisions/s, %,d missing,"
                        + " heap %,d MiB used of %,d MiB%n",
                round,
                seconds,
                processorSeconds,
                servers.size() / seconds,
                (double) servers.size() * offered / seconds,
                missing,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                runtime.totalMemory() >> 20);
    }

    private static PatchBaseline baseline() {
        return new PatchBaseline(
                "benchmark",
                "Rules, global filter and lists of a usual size",
                OperatingSystem.REDHAT_ENTERPRISE_LINUX,
                List.of(new PatchFilter(FilterKey.PRODUCT, List.of("RedhatEnterpriseLinux9.4"))),
                List.of(
                        rule(ComplianceLevel.CRITICAL, "Security", List.of("Critical", "Important")),
                        rule(ComplianceLevel.MEDIUM, "Security", List.of("Moderate", "Low")),
                        rule(ComplianceLevel.LOW, "Bugfix", List.of("*"))),
                List.of("package1-1.0-3.el9.x86_64", "CVE-2026-77", "package2*"),
                ComplianceLevel.HIGH,
                false,
                List.of("package13*", "package5", "package7.x86_64"),
                RejectedPatchesAction.BLOCK,
                List.of(),
                Optional.empty(),
                false);
    }

    private static ApprovalRule rule(ComplianceLevel level, String classification, List<String> severities) {
        return new ApprovalRule(
                List.of(
                        new PatchFilter(FilterKey.CLASSIFICATION, List.of(classification)),
                        new PatchFilter(FilterKey.SEVERITY, severities)),
                level,
                new ApprovalDate.AfterDays(7),
                false);
    }

    private List<Patch> offeredPatches() {
        List<Patch> patches = new ArrayList<>();
        for (PackageKey key : keys) {
            for (int version = 1; version <= VERSIONS; version++) {
                patches.add(patch(key, version, patches.size()));
            }
        }
        return List.copyOf(patches);
    }

    private Patch patch(PackageKey key, int version, int number) {
        Instant issued = NOW.minus(Duration.ofHours(random.nextInt(24 * 180)));
        Advisory advisory = new Advisory(
                "RHSA-2026:" + number,
                key.name() + " update",
                CLASSIFICATIONS.get(random.nextInt(CLASSIFICATIONS.size())),
                SEVERITIES.get(random.nextInt(SEVERITIES.size())),
                Optional.of(issued),
                Optional.empty(),
                List.of("CVE-2026-" + number, "CVE-2026-" + (number + 1)),
                List.of(String.valueOf(2_000_000 + number)),
                false);
        return new Patch(
                key,
                version(version),
                Optional.empty(),
                "baseos",
                List.of(advisory),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(issued.minus(Duration.ofDays(1))),
                List.of(),
                Optional.empty());
    }

    private EvaluationInput server(List<Patch> offered) {
        List<PackageKey> shuffled = new ArrayList<>(keys);
        Collections.shuffle(shuffled, random);
        List<InstalledPackage> installed = shuffled.subList(0, INSTALLED).stream()
                .map(key -> new InstalledPackage(key, version(random.nextInt(VERSIONS)), Optional.empty()))
                .toList();
        return new EvaluationInput(
                "RedhatEnterpriseLinux9.4",
                installed,
                offered,
                Set.of("package42"),
                List.of("package99*"),
                Set.of(),
                Set.of(),
                NOW);
    }

    private static PackageVersion version(int release) {
        return PackageVersion.rpm("1.0-" + release + ".el9");
    }
}
