package io.patchway.rehearsal;

import io.patchway.patch.Advisory;
import io.patchway.patch.PackageVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A simulated host's side of the scripts: the records that the real scripts would print on such a machine. */
final class ScriptAnswers {
    private static final String KERNEL = "5.14.0-427.42.1.el9_4.x86_64";
    private static final Duration METADATA_AGE = Duration.ofHours(3);
    private static final Instant IMAGE_BUILT = Instant.parse("2023-11-20T09:00:00Z");

    private final SimulatedHost host;
    private final HostPower power;
    private final StringBuilder answer = new StringBuilder();

    private ScriptAnswers(SimulatedHost host, HostPower power) {
        this.host = host;
        this.power = power;
    }

    /**
     * The whole standard output.
     *
     * @param power lets the host go down soon
     * @throws IllegalArgumentException when there is no such script
     */
    static String to(ReceivedScript script, SimulatedHost host, HostPower power) {
        ScriptAnswers answers = new ScriptAnswers(host, power);
        List<String> arguments = script.arguments();
        switch (script.name()) {
            case "precheck" -> answers.precheck();
            case "host-facts" -> answers.hostFacts();
            case "scan" -> answers.scan();
            case "install-start" -> answers.installStart(arguments.getFirst(), arguments.subList(1, arguments.size()));
            case "install-progress" -> answers.installProgress(arguments.getFirst());
            case "install-stop" -> answers.installStop(arguments.getFirst());
            case "check-health" -> answers.checkHealth();
            case "boot-id" -> answers.bootId();
            case "reboot-progress" -> answers.rebootProgress(arguments.getFirst());
            case "reboot" -> answers.reboot(arguments.getFirst());
            case "shut-down" -> answers.shutDown(arguments.getFirst());
            default -> throw new IllegalArgumentException("no answer to the script " + script.name());
        }
        answers.say("end");
        return answers.answer.toString();
    }

    private void precheck() {
        say("patchway-precheck", "1");
        say("boot-id", host.bootId());
        say("uptime", seconds(host.uptime()));
    }

    private void bootId() {
        say("patchway-boot", "1");
        say("boot-id", host.bootId());
    }

    private void scan() {
        say("patchway-scan", "1");
        say("family", "dnf");
        facts();
        host.everyUpdate().forEach(this::installed);
        List<OfferedUpdate> available = host.available();
        available.forEach(this::available);
        available.forEach(this::advisory);
        votes();
        say("metadata-age", seconds(METADATA_AGE));
    }

    private void hostFacts() {
        say("patchway-host", "1");
        facts();
    }

    private void facts() {
        fact("hostname", host.name());
        fact("os-id", "rocky");
        fact("os-version", "9.4");
        fact("os-name", "Rocky Linux 9.4 (simulated by Patchway)");
        fact("arch", "x86_64");
        fact("kernel", KERNEL);
        fact("boot-id", host.bootId());
        fact("uptime", seconds(host.uptime()));
        fact("package-manager", "dnf 4.14.0 (simulated)");
    }

    private void installed(OfferedUpdate update) {
        Optional<Instant> when = host.installedAt(update);
        PackageVersion version = when.isPresent() ? update.version() : update.installed();
        say("installed", update.key().name(), version.text(), update.key().arch(), epoch(when.orElse(IMAGE_BUILT)));
    }

    private void available(OfferedUpdate update) {
        say(
                "available",
                update.key().name(),
                update.version().text(),
                update.key().arch(),
                "rehearsal",
                "0",
                "",
                "",
                "",
                update.advisory().issued().map(ScriptAnswers::epoch).orElse(""));
    }

    private void advisory(OfferedUpdate update) {
        Advisory advisory = update.advisory();
        say(
                "advisory",
                advisory.id(),
                advisory.classification().word().toLowerCase(Locale.ROOT),
                advisory.severity().word(),
                advisory.issued().map(ScriptAnswers::epoch).orElse(""),
                advisory.updated().map(ScriptAnswers::epoch).orElse(""),
                advisory.rebootSuggested() ? "1" : "0",
                advisory.title());
        advisory.cves().forEach(cve -> say("cve", cve));
        say(
                "package",
                update.key().name(),
                update.version().text(),
                update.key().arch());
    }

    private void votes() {
        List<String> waiting = host.waitingForReboot().stream()
                .map(update -> update.key().name())
                .sorted()
                .toList();
        if (waiting.isEmpty()) {
            say("vote", "needs-restarting", "1", "not-needed", "nothing since the boot");
        } else {
            say("vote", "needs-restarting", "1", "needed", "updated since the boot: " + String.join(", ", waiting));
        }
        say("vote", "kernel", "0", "not-needed", "runs " + KERNEL);
    }

    private void installStart(String operation, List<String> plan) {
        say("patchway-install-start", "1");
        List<OfferedUpdate> wanted = host.available().stream()
                .filter(update -> plan.contains(word(update)))
                .toList();
        host.install(operation, wanted, hooks(plan));
        say("started", "yes");
    }

    /** The occasions for which the plan brings a hook. */
    private static List<String> hooks(List<String> plan) {
        return plan.stream()
                .filter(word -> word.startsWith("hook:"))
                .map(word -> word.split(":", 3)[1])
                .toList();
    }

    /** How the plan names the update. */
    private static String word(OfferedUpdate update) {
        return "upgrade:%s=%s=%s"
                .formatted(update.key().name(), update.version(), update.key().arch());
    }

    private void installProgress(String operation) {
        say("patchway-install", "1");
        Optional<SimulatedInstall> known = host.installOf(operation);
        if (known.isEmpty()) {
            say("state", "not-started");
            return;
        }
        SimulatedInstall install = known.get();
        Instant now = host.now();
        if (host.interrupted(install)) {
            say("state", "interrupted");
        } else if (install.ended(now)) {
            say("state", "ended");
            say("exit", "dnf", String.valueOf(install.exitStatus()));
            install.hooks().forEach(this::hook);
        } else {
            say("state", "working");
        }
        install.log(now).forEach(line -> say("log", line));
    }

    /** A simulated host runs no script but says that it went well. */
    private void hook(String occasion) {
        say("hook", occasion, "0");
        say("hook-log", occasion, "not run: this host is simulated");
    }

    private void installStop(String operation) {
        say("patchway-install-stop", "1");
        say("told", host.stopInstall(operation) ? "yes" : "no");
    }

    /** A simulated host knows no programs; one that answers is well. */
    private void checkHealth() {
        say("patchway-health", "1");
        say("status", "0");
    }

    private void rebootProgress(String boot) {
        say("patchway-reboot", "1");
        if (!host.bootId().equals(boot)) {
            say("reboot", "other-boot");
        } else {
            say("reboot", host.toldToReboot() ? "told-before" : "not-told");
        }
    }

    private void reboot(String boot) {
        say("patchway-reboot", "1");
        if (!host.bootId().equals(boot)) {
            say("reboot", "other-boot");
        } else if (host.takeRebootOrder()) {
            power.rebootSoon();
            say("reboot", "started");
        } else {
            say("reboot", "told-before");
        }
    }

    private void shutDown(String boot) {
        say("patchway-shut-down", "1");
        if (!host.bootId().equals(boot)) {
            say("shut-down", "other-boot");
        } else if (host.takeShutDownOrder()) {
            power.shutDownSoon();
            say("shut-down", "started");
        } else {
            say("shut-down", "told-before");
        }
    }

    private void fact(String name, String value) {
        say("fact", name, value);
    }

    private void say(String... fields) {
        answer.append(String.join("\t", fields)).append('\n');
    }

    private static String seconds(Duration duration) {
        return String.valueOf(duration.toSeconds());
    }

    private static String epoch(Instant instant) {
        return String.valueOf(instant.getEpochSecond());
    }
}
