package io.patchway.windows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Windows server in memory that answers Patchway's scripts as their documentation says that they answer. It is a
 * stand-in: no PowerShell is run, and no real Windows was asked.
 *
 * <p>Each round of updates is offered once those of the round before are in place and booted.
 */
final class SimulatedWindows {
    private final List<List<SimulatedUpdate>> rounds;
    private final Map<String, List<String>> results = new LinkedHashMap<>();
    private final Map<String, Integer> looks = new HashMap<>();
    private final Set<SimulatedUpdate> inPlace = new HashSet<>();
    private final Set<SimulatedUpdate> waiting = new HashSet<>();
    private final Set<String> marks = new HashSet<>();
    private final List<ReceivedFeed> received = new ArrayList<>();
    private int boot = 1;
    private int reboots;
    private boolean down;
    private String scanFault = "";
    private String caption = "Microsoft Windows Server 2012 R2 Standard";

    SimulatedWindows(List<List<SimulatedUpdate>> rounds) {
        this.rounds = rounds;
    }

    /** From now on searches end with this error. */
    synchronized void failScans(String error) {
        scanFault = error;
    }

    synchronized void calledItself(String other) {
        caption = other;
    }

    synchronized int installs() {
        return results.size();
    }

    synchronized int reboots() {
        return reboots;
    }

    synchronized List<ReceivedFeed> received() {
        return List.copyOf(received);
    }

    /** Whether it boots just now; the next that looks finds it up again. */
    synchronized boolean takeAbsence() {
        boolean absent = down;
        down = false;
        return absent;
    }

    synchronized String answer(ReceivedFeed script) {
        received.add(script);
        StringBuilder answer = new StringBuilder();
        switch (script.name()) {
            case "windows-precheck" -> say(answer, "patchway-precheck\t1", "boot-id\t" + bootId(), "uptime\t86400");
            case "windows-host-facts" -> {
                say(answer, "patchway-host\t1");
                facts(answer);
            }
            case "windows-scan" -> scan(answer);
            case "windows-install-start" -> start(answer, script.arguments());
            case "windows-install-progress" ->
                progress(answer, script.arguments().get(0));
            case "windows-install-stop" -> say(answer, "patchway-install-stop\t1", "told\tyes");
            case "windows-boot-id" -> say(answer, "patchway-boot\t1", "boot-id\t" + bootId());
            case "windows-reboot-progress" -> {
                boolean told = marks.contains(mark(script.arguments()));
                say(
                        answer,
                        "patchway-reboot\t1",
                        "reboot\t" + (ended(script) ? "other-boot" : told ? "told-before" : "not-told"));
            }
            case "windows-reboot" -> reboot(answer, script);
            case "windows-check-health" -> say(answer, "patchway-health\t1", "status\t0", "said\tall is well");
            default -> throw new IllegalArgumentException(script.name());
        }
        say(answer, "end");
        return answer.toString();
    }

    private String bootId() {
        return "%08x-8dc1a2b3c4d5e6f".formatted(boot);
    }

    private boolean ended(ReceivedFeed script) {
        return !script.arguments().get(0).equals(bootId());
    }

    private static String mark(List<String> arguments) {
        return arguments.get(0) + "-" + arguments.get(1);
    }

    private void facts(StringBuilder answer) {
        say(
                answer,
                "fact\thostname\tWIN-01",
                "fact\tos-id\twindows-server",
                "fact\tos-version\t6.3.9600",
                "fact\tos-name\t" + caption,
                "fact\tarch\tAMD64",
                "fact\tkernel\t6.3.9600.21620",
                "fact\tboot-id\t" + bootId(),
                "fact\tuptime\t86400",
                "fact\tpackage-manager\tWindows Update Agent 7.9.9600.21620");
    }

    private void scan(StringBuilder answer) {
        say(answer, "patchway-scan\t1");
        facts(answer);
        if (!scanFault.isEmpty()) {
            say(answer, "fault\tMETADATA\tthe search for updates failed: " + scanFault);
            return;
        }
        offered()
                .forEach(update -> say(answer, record("offered", update), "kb\t" + update.kb(), "cve\tCVE-2024-20674"));
        waiting.forEach(update -> say(answer, record("pending", update), "kb\t" + update.kb()));
        inPlace.stream()
                .filter(update -> !waiting.contains(update))
                .forEach(update -> say(answer, record("installed", update), "kb\t" + update.kb()));
        say(
                answer,
                "hotfix\tKB2919355\t2014-04-08",
                "vote\tcomponent-based-servicing\t1\t"
                        + (waiting.isEmpty() ? "not-needed\tno sign of it" : "needed\tRebootPending is set"),
                "vote\tfile-rename\t0\tneeded\t2 entries in PendingFileRenameOperations",
                "metadata-age\t0");
    }

    private static String record(String state, SimulatedUpdate update) {
        return String.join(
                "\t",
                "update",
                state,
                update.id(),
                "200",
                update.severity(),
                update.classification(),
                "Windows Server 2012 R2",
                "Windows",
                update.date(),
                "104857600",
                update.reboot() ? "perhaps" : "never",
                "0",
                "1",
                update.title());
    }

    private List<SimulatedUpdate> offered() {
        for (List<SimulatedUpdate> round : rounds) {
            List<SimulatedUpdate> open =
                    round.stream().filter(update -> !inPlace.contains(update)).toList();
            if (!open.isEmpty() || !waiting.isEmpty()) {
                return open;
            }
        }
        return List.of();
    }

    private void start(StringBuilder answer, List<String> arguments) {
        String operation = arguments.get(0);
        if (!results.containsKey(operation)) {
            List<String> lines = new ArrayList<>();
            for (SimulatedUpdate update : offered()) {
                if (arguments.contains("update:KB" + update.kb() + "=" + update.id())) {
                    boolean well = update.hresult().isEmpty();
                    lines.add(String.join(
                            "\t",
                            "result",
                            "KB" + update.kb(),
                            update.id(),
                            well ? "2" : "4",
                            well ? "0x00000000" : update.hresult(),
                            update.reboot() ? "1" : "0",
                            update.title()));
                    if (well) {
                        inPlace.add(update);
                    }
                    if (well && update.reboot()) {
                        waiting.add(update);
                    }
                }
            }
            results.put(operation, lines);
        }
        say(answer, "patchway-install-start\t1", "started\tyes");
    }

    private void progress(StringBuilder answer, String operation) {
        say(answer, "patchway-install\t1");
        if (!results.containsKey(operation)) {
            say(answer, "state\tnot-started");
        } else if (looks.merge(operation, 1, Integer::sum) < 2) {
            say(answer, "state\tworking", "log\t2024-01-20T03:00:00Z KB5034171 downloading");
        } else {
            List<String> lines = results.get(operation);
            boolean failed = lines.stream().anyMatch(line -> line.contains("\t4\t0x8"));
            say(answer, "state\tended", "exit\twindows\t" + (failed ? 1 : 0));
            lines.forEach(line -> say(answer, line));
            say(answer, "log\t2024-01-20T03:10:00Z KB5034171 result code 2, 0x00000000, reboot True");
        }
    }

    private void reboot(StringBuilder answer, ReceivedFeed script) {
        say(answer, "patchway-reboot\t1");
        if (ended(script)) {
            say(answer, "reboot\tother-boot");
        } else if (!marks.add(mark(script.arguments()))) {
            say(answer, "reboot\ttold-before");
        } else {
            boot++;
            reboots++;
            down = true;
            waiting.clear();
            say(answer, "reboot\tstarted");
        }
    }

    private static void say(StringBuilder answer, String... lines) {
        for (String line : lines) {
            answer.append(line).append('\n');
        }
    }
}
