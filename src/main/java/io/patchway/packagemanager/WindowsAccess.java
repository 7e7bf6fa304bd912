package io.patchway.packagemanager;

import io.patchway.baseline.PatchSource;
import io.patchway.connection.Connection;
import io.patchway.connection.Script;
import io.patchway.patch.Patch;
import io.patchway.patch.WindowsUpdate;
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
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works on Windows servers through PowerShell scripts and the Windows Update Agent. */
public final class WindowsAccess implements ServerAccess {
    /** Windows takes its time to start PowerShell. */
    private static final Duration QUICK = Duration.ofMinutes(2);

    private static final Duration STARTING = Duration.ofMinutes(3);
    /** The agent may compare a server that was not patched for years with all of its catalogue. */
    private static final Duration SCANNING = Duration.ofMinutes(30);

    private final Connection connection;
    private final Clock clock;

    public WindowsAccess(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    @Override
    public PrecheckResult precheck(Server server) {
        Map<String, AnswerRecord> records =
                ask(server, WindowsScripts.PRECHECK, "patchway-precheck", QUICK).byKind();
        return new PrecheckResult(
                ScriptAnswer.value(server, records, "boot-id"),
                ScanReader.seconds(ScriptAnswer.value(server, records, "uptime")),
                Optional.ofNullable(records.get("lock"))
                        .map(lock -> "%s (%s)"
                                .formatted(lock.field(0), lock.expect(2).field(1))),
                false);
    }

    @Override
    public HostFacts hostFacts(Server server) {
        return WindowsScanReader.hostFacts(ask(server, WindowsScripts.HOST_FACTS, "patchway-host", QUICK));
    }

    @Override
    public ScanResult scan(Server server, boolean refresh, List<PatchSource> sources) {
        if (!sources.isEmpty()) {
            throw new ServerFault(
                    Kind.CONFIGURATION, server.id() + ": sources of a baseline are for Linux, and it runs Windows");
        }
        try {
            return WindowsScanReader.read(
                    ask(server, WindowsScripts.SCAN, "patchway-scan", SCANNING, refresh ? "refresh" : "cached"),
                    clock.instant());
        } catch (ServerFault fault) {
            throw explained(fault);
        }
    }

    /** The code of the agent with its meaning. */
    private static ServerFault explained(ServerFault fault) {
        if (fault.kind() != Kind.METADATA) {
            return fault;
        }
        return new ServerFault(fault.kind(), UpdateTrouble.withMeanings(String.valueOf(fault.getMessage())), fault);
    }

    @Override
    public void startInstall(Server server, OperationId operation, InstallPlan plan) {
        if (server.scanOnly()) {
            throw new ServerFault(Kind.NOT_PERMITTED, server.id() + ": is for scans only; nothing is installed on it");
        }
        AccessByKind.refuseStranger(server);
        if (!plan.hooks().isEmpty()) {
            throw new ServerFault(
                    Kind.UNSUPPORTED, server.id() + ": hooks are scripts for a POSIX shell, and it runs Windows");
        }
        ScriptAnswer answer = ask(
                server,
                WindowsScripts.INSTALL_START,
                "patchway-install-start",
                STARTING,
                words(operation, plan).toArray(String[]::new));
        if (!answer.single("started").equals("yes")) {
            throw new ServerFault(
                    Kind.BAD_ANSWER,
                    "%s: the install %s was started but has not begun; its progress tells whether it did later"
                            .formatted(server.id(), operation));
        }
    }

    /** What does not go in at once is still missing in the next scan, and so part of the next round. */
    private static List<String> words(OperationId operation, InstallPlan plan) {
        List<String> words = new ArrayList<>(List.of(operation.value()));
        int room = Connection.MAX_ARGUMENT_BYTES - 1_000;
        for (Patch patch : plan.patches()) {
            String word = "update:" + patch.key().name() + "="
                    + String.join(",", patch.windows().map(WindowsUpdate::ids).orElse(List.of()));
            room -= word.length();
            if (room < 0) {
                break;
            }
            words.add(word);
        }
        return words;
    }

    @Override
    public void stopInstall(Server server, OperationId operation) {
        ask(server, WindowsScripts.INSTALL_STOP, "patchway-install-stop", QUICK, operation.value())
                .single("told");
    }

    @Override
    public Optional<String> checkHealth(Server server, List<String> command, Duration timeout) {
        List<String> words = new ArrayList<>(command);
        words.addFirst(String.valueOf(Math.max(1, timeout.toSeconds())));
        return HealthAnswer.read(ask(
                server,
                WindowsScripts.CHECK_HEALTH,
                "patchway-health",
                timeout.plus(QUICK),
                words.toArray(String[]::new)));
    }

    @Override
    public InstallProgress installProgress(Server server, OperationId operation) {
        return WindowsProgressReader.read(
                ask(server, WindowsScripts.INSTALL_PROGRESS, "patchway-install", QUICK, operation.value()));
    }

    @Override
    public String bootId(Server server) {
        return ask(server, WindowsScripts.BOOT_ID, "patchway-boot", QUICK).single("boot-id");
    }

    @Override
    public RebootProgress rebootProgress(Server server, OperationId operation, String bootId) {
        return ask(server, WindowsScripts.REBOOT_PROGRESS, "patchway-reboot", QUICK, bootId, operation.value())
                .rebootProgress();
    }

    @Override
    public void reboot(Server server, OperationId operation, String bootId) {
        if (server.scanOnly()) {
            throw new ServerFault(Kind.NOT_PERMITTED, server.id() + ": is for scans only; it is not rebooted");
        }
        AccessByKind.refuseStranger(server);
        ask(server, WindowsScripts.REBOOT, "patchway-reboot", QUICK, bootId, operation.value())
                .single("reboot");
    }

    private ScriptAnswer ask(Server server, Script script, String format, Duration deadline, String... arguments) {
        return ScriptAnswer.read(server, format, connection.run(server, script, List.of(arguments), deadline));
    }
}
