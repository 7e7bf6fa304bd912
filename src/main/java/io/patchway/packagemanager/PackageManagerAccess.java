package io.patchway.packagemanager;

import io.patchway.baseline.PatchSource;
import io.patchway.connection.Connection;
import io.patchway.connection.Script;
import io.patchway.run.InstallPlan;
import io.patchway.run.InstallProgress;
import io.patchway.run.OperationId;
import io.patchway.run.RebootProgress;
import io.patchway.run.ServerAccess;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.scan.HostFacts;
import io.patchway.scan.ScanResult;
import io.patchway.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works on servers through the scripts for dnf, apt and zypper. */
public final class PackageManagerAccess implements ServerAccess {
    private static final Duration QUICK = Duration.ofMinutes(1);
    private static final Duration STARTING = Duration.ofMinutes(2);
    private static final Duration SCANNING = Duration.ofMinutes(6);
    /** Slow mirrors are normal; the script itself gives up after ten minutes of fetching, and one of changelogs. */
    private static final Duration FETCHING_AND_SCANNING = Duration.ofMinutes(17);

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Connection connection;
    private final Clock clock;

    public PackageManagerAccess(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    @Override
    public PrecheckResult precheck(Server server) {
        Map<String, AnswerRecord> records =
                ask(server, Scripts.PRECHECK, "patchway-precheck", QUICK).byKind();
        String bootId = ScriptAnswer.value(server, records, "boot-id");
        return new PrecheckResult(
                bootId,
                ScanReader.seconds(ScriptAnswer.value(server, records, "uptime")),
                Optional.ofNullable(records.get("lock"))
                        .map(lock -> "%s (%s)"
                                .formatted(lock.field(0), lock.expect(2).field(1))),
                isOwn(bootId));
    }

    /** Every boot of every machine has an id of its own; one that cannot be read is nobody's. */
    private static String ownBootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public HostFacts hostFacts(Server server) {
        return ScanReader.hostFacts(ask(server, Scripts.HOST_FACTS, "patchway-host", QUICK));
    }

    @Override
    public ScanResult scan(Server server, boolean refresh, List<PatchSource> sources) {
        List<String> words = new ArrayList<>(SourceWords.of(sources));
        words.addFirst(refresh ? "refresh" : "cached");
        Script script = refresh ? Scripts.SCAN : Scripts.SCAN.withoutRoot();
        // Sources that were never fetched are fetched in any case.
        Duration deadline = refresh || !sources.isEmpty() ? FETCHING_AND_SCANNING : SCANNING;
        ScriptAnswer answer = ask(server, script, "patchway-scan", deadline, words.toArray(String[]::new));
        return ScanReader.read(answer, clock.instant());
    }

    @Override
    public void startInstall(Server server, OperationId operation, InstallPlan plan) {
        if (server.scanOnly()) {
            throw new ServerFault(Kind.NOT_PERMITTED, server.id() + ": is for scans only; nothing is installed on it");
        }
        AccessByKind.refuseStranger(server);
        List<String> words = new ArrayList<>(PlanWords.of(plan));
        words.addFirst(operation.value());
        ScriptAnswer answer =
                ask(server, Scripts.INSTALL_START, "patchway-install-start", STARTING, words.toArray(String[]::new));
        if (!answer.single("started").equals("yes")) {
            throw new ServerFault(
                    Kind.BAD_ANSWER,
                    "%s: the install %s was started but has not begun; its progress tells whether it did later"
                            .formatted(server.id(), operation));
        }
    }

    @Override
    public void stopInstall(Server server, OperationId operation) {
        ask(server, Scripts.INSTALL_STOP, "patchway-install-stop", QUICK, operation.value())
                .single("told");
    }

    @Override
    public Optional<String> checkHealth(Server server, List<String> command, Duration timeout) {
        List<String> words = new ArrayList<>(command);
        words.addFirst(String.valueOf(Math.max(1, timeout.toSeconds())));
        return HealthAnswer.read(ask(
                server, Scripts.CHECK_HEALTH, "patchway-health", timeout.plus(QUICK), words.toArray(String[]::new)));
    }

    @Override
    public InstallProgress installProgress(Server server, OperationId operation) {
        return ProgressReader.read(ask(server, Scripts.INSTALL_PROGRESS, "patchway-install", QUICK, operation.value()));
    }

    @Override
    public String bootId(Server server) {
        return ask(server, Scripts.BOOT_ID, "patchway-boot", QUICK).single("boot-id");
    }

    @Override
    public RebootProgress rebootProgress(Server server, OperationId operation, String bootId) {
        return ask(server, Scripts.REBOOT_PROGRESS, "patchway-reboot", QUICK, bootId, operation.value())
                .rebootProgress();
    }

    @Override
    public void reboot(Server server, OperationId operation, String bootId) {
        if (server.scanOnly()) {
            throw new ServerFault(Kind.NOT_PERMITTED, server.id() + ": is for scans only; it is not rebooted");
        }
        AccessByKind.refuseStranger(server);
        ask(server, Scripts.REBOOT, "patchway-reboot", QUICK, bootId, operation.value())
                .single("reboot");
    }

    @Override
    public boolean shutDown(Server server, OperationId operation, String bootId) {
        if (server.scanOnly()) {
            throw new ServerFault(Kind.NOT_PERMITTED, server.id() + ": is for scans only; it is not shut down");
        }
        AccessByKind.refuseStranger(server);
        ScriptAnswer answer = ask(server, Scripts.SHUT_DOWN, "patchway-shut-down", QUICK, bootId, operation.value());
        return switch (answer.single("shut-down")) {
            case "started", "told-before" -> true;
            case "other-boot" -> false;
            default ->
                throw new ServerFault(
                        Kind.BAD_ANSWER, server.id() + ": its answer about the shut-down is not understood");
        };
    }

    @Override
    public boolean isOwn(String bootId) {
        return bootId.equals(ownBootId());
    }

    private ScriptAnswer ask(Server server, Script script, String format, Duration deadline, String... arguments) {
        return ScriptAnswer.read(server, format, connection.run(server, script, List.of(arguments), deadline));
    }
}
