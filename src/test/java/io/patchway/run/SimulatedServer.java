package io.patchway.run;

import io.patchway.baseline.PatchSource;
import io.patchway.patch.Advisory;
import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.scan.HostFacts;
import io.patchway.scan.RebootVote;
import io.patchway.scan.ScanResult;
import io.patchway.server.PatchFamily;
import io.patchway.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A server that exists only in memory and does what a test tells it. Counts the effects that reach it. */
public final class SimulatedServer implements ServerAccess {
    private final Map<String, String> installed = new HashMap<>();
    private final List<Map<String, String>> updatesByBoot = new ArrayList<>();
    private final Set<String> neverInstall = new HashSet<>();
    private final Map<OperationId, InstallProgress> installs = new HashMap<>();
    private boolean rebootNeeded;
    private boolean rebootNeededAfterInstall;
    private boolean comesBack = true;
    private boolean alwaysWantsReboot;
    private boolean up = true;
    private boolean holdsInstalls;
    private int stopCommands;
    private Optional<String> health = Optional.empty();
    private InstallProgress.Meaning failure = InstallProgress.Meaning.FAILED;
    private Optional<ServerFault> installFault = Optional.empty();
    private Optional<ServerFault> scanFault = Optional.empty();
    private Optional<String> claimedBoot = Optional.empty();
    private final List<List<PatchSource>> scannedSources = new ArrayList<>();
    private List<PatchSource> installedFrom = List.of();
    private Map<String, String> updatesOfSources = Map.of();
    private List<Advisory> advisories = List.of();
    private boolean own;
    private boolean dropsConnection;
    private Optional<String> updatesItself = Optional.empty();
    private int boot = 1;
    private int installCommands;
    private int rebootCommands;
    private final Set<OperationId> shutDowns = new HashSet<>();
    private Optional<Boolean> lostShutDown = Optional.empty();
    private boolean hangs;
    private final Map<String, Integer> hookStatus = new HashMap<>();
    private final List<String> hooksThatRan = new ArrayList<>();
    private Optional<List<HookOccasion>> begunBeforePowerWasLost = Optional.empty();

    /** @param updates one set of updates (name to version) for each boot; later boots see the last one */
    @SafeVarargs
    public SimulatedServer(Map<String, String>... updates) {
        for (Map<String, String> names : updates) {
            updatesByBoot.add(names);
            names.keySet().forEach(name -> installed.put(name, "1-1"));
        }
    }

    public SimulatedServer needingRebootAfterInstall() {
        rebootNeededAfterInstall = true;
        return this;
    }

    public SimulatedServer alwaysWantingReboot() {
        alwaysWantsReboot = true;
        return this;
    }

    public SimulatedServer neverReturning() {
        comesBack = false;
        return this;
    }

    public SimulatedServer failingToInstall(String name, InstallProgress.Meaning meaning) {
        neverInstall.add(name);
        failure = meaning;
        return this;
    }

    /** Offers this, and nothing else, to whoever comes with repositories for it. */
    public SimulatedServer offeringFromSources(Map<String, String> updates) {
        updatesOfSources = updates;
        updates.keySet().forEach(name -> installed.putIfAbsent(name, "1-1"));
        return this;
    }

    /** Every update that it offers comes with this notice. */
    public SimulatedServer announcing(Advisory advisory) {
        advisories = List.of(advisory);
        return this;
    }

    /** The sources of each scan so far; none of those that asked the server's own repositories. */
    public List<List<PatchSource>> scannedSources() {
        return scannedSources;
    }

    /** The sources of the last install. */
    public List<PatchSource> installedFrom() {
        return installedFrom;
    }

    /** Its own repositories cannot be scanned. */
    public SimulatedServer failingToScan(ServerFault fault) {
        scanFault = Optional.of(fault);
        return this;
    }

    /** Installs go on until somebody stops them. */
    public SimulatedServer installingUntilStopped() {
        holdsInstalls = true;
        return this;
    }

    /** From now on the health command says this; empty: all is well. */
    public synchronized void health(Optional<String> answer) {
        health = answer;
    }

    public synchronized int stopCommands() {
        return stopCommands;
    }

    public synchronized void goDown() {
        up = false;
    }

    public synchronized void comeUp() {
        up = true;
    }

    /** Somebody else reboots it. */
    public synchronized void bootByItself() {
        boot++;
        rebootNeeded = false;
    }

    /** From now on it says that it runs this boot. */
    public synchronized void stay(String bootId) {
        claimedBoot = Optional.of(bootId);
    }

    /** Patchway runs on this server. */
    public SimulatedServer ownHost() {
        own = true;
        return this;
    }

    /** The first install brings the package manager up to date and wants to be run again. */
    public SimulatedServer updatingItselfFirst(String packageManager) {
        updatesItself = Optional.of(packageManager);
        return this;
    }

    /** The connection drops after the install was started, before the server could say so. */
    public SimulatedServer droppingTheConnectionOnceWhenInstalling() {
        dropsConnection = true;
        return this;
    }

    public int installCommands() {
        return installCommands;
    }

    public int rebootCommands() {
        return rebootCommands;
    }

    @Override
    public synchronized PrecheckResult precheck(Server server) {
        return new PrecheckResult(bootId(server), Duration.ofHours(1), Optional.empty(), own);
    }

    @Override
    public synchronized HostFacts hostFacts(Server server) {
        return new HostFacts(
                "simulated",
                "rhel",
                "9.4",
                "Simulated Linux",
                "x86_64",
                "6.1",
                "boot-" + boot,
                Duration.ofHours(1),
                "dnf 4.14.0");
    }

    @Override
    public synchronized ScanResult scan(Server server, boolean refresh, List<PatchSource> sources) {
        scannedSources.add(sources);
        if (sources.isEmpty()) {
            scanFault.ifPresent(fault -> {
                throw fault;
            });
        }
        Map<String, String> updates =
                sources.isEmpty() ? updatesByBoot.get(Math.min(boot, updatesByBoot.size()) - 1) : updatesOfSources;
        List<Patch> available = updates.entrySet().stream()
                .filter(update -> PackageVersion.rpm(update.getValue())
                        .newerThan(PackageVersion.rpm(installed.get(update.getKey()))))
                .map(update -> patch(update.getKey(), update.getValue()))
                .toList();
        boolean needed = rebootNeeded || alwaysWantsReboot;
        return new ScanResult(
                Instant.now(),
                PatchFamily.YUM,
                hostFacts(server),
                installed.entrySet().stream()
                        .map(each -> new InstalledPackage(
                                new PackageKey(each.getKey(), "x86_64"),
                                PackageVersion.rpm(each.getValue()),
                                Optional.empty()))
                        .toList(),
                available,
                Set.of(),
                List.of(new RebootVote(
                        "needs-restarting",
                        true,
                        needed ? RebootVote.Answer.NEEDED : RebootVote.Answer.NOT_NEEDED,
                        "")),
                Optional.of(Duration.ZERO));
    }

    private Patch patch(String name, String version) {
        return new Patch(
                new PackageKey(name, "x86_64"),
                PackageVersion.rpm(version),
                Optional.of(PackageVersion.rpm(installed.get(name))),
                "updates",
                advisories,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** A hook with this script ends with this status; all others end with 0. */
    public SimulatedServer failingHook(String script, int status) {
        hookStatus.put(script, status);
        return this;
    }

    /** Goes down for good as soon as the package manager has something to do. */
    public SimulatedServer losingPowerInTheFirstInstall(HookOccasion... begunBefore) {
        begunBeforePowerWasLost = Optional.of(List.of(begunBefore));
        return this;
    }

    /** The scripts that ran, in their order. */
    public synchronized List<String> hooksThatRan() {
        return List.copyOf(hooksThatRan);
    }

    private Optional<HookResult> hook(InstallPlan plan, HookOccasion occasion) {
        return Optional.ofNullable(plan.hooks().get(occasion)).map(hook -> {
            hooksThatRan.add(hook.script());
            int status = hookStatus.getOrDefault(hook.script(), 0);
            return new HookResult(occasion, Optional.of(status), "said by " + hook.name());
        });
    }

    /** The hooks of the plan around what is done between them. */
    private InstallProgress withHooks(InstallPlan plan, Supplier<InstallProgress.Ended> install) {
        if (begunBeforePowerWasLost.isPresent()) {
            List<HookResult> cutOff = begunBeforePowerWasLost.get().stream()
                    .map(occasion -> new HookResult(occasion, Optional.empty(), ""))
                    .toList();
            begunBeforePowerWasLost = Optional.empty();
            return new InstallProgress.Interrupted("", cutOff);
        }
        Optional<HookResult> exit = hook(plan, HookOccasion.ON_EXIT);
        if (exit.isPresent()) {
            return new InstallProgress.Ended(0, InstallProgress.Meaning.DONE, "", List.of(exit.get()));
        }
        Optional<HookResult> before = hook(plan, HookOccasion.PRE_INSTALL);
        if (before.filter(result -> !result.succeeded()).isPresent()) {
            return new InstallProgress.Ended(1, InstallProgress.Meaning.FAILED, "", List.of(before.get()));
        }
        Map<String, String> packages = Map.copyOf(installed);
        InstallProgress.Ended done = install.get();
        Optional<HookResult> after =
                installed.equals(packages) ? Optional.empty() : hook(plan, HookOccasion.POST_INSTALL);
        return new InstallProgress.Ended(
                done.exitCode(),
                done.meaning(),
                done.logTail(),
                Stream.of(before, after).flatMap(Optional::stream).toList());
    }

    @Override
    public synchronized void startInstall(Server server, OperationId operation, InstallPlan plan) {
        if (installs.containsKey(operation)) {
            return;
        }
        installCommands++;
        installedFrom = plan.sources();
        installs.put(operation, withHooks(plan, () -> installed(plan)));
        if (dropsConnection) {
            dropsConnection = false;
            throw new ServerFault(ServerFault.Kind.UNREACHABLE, "simulated: connection lost");
        }
    }

    private InstallProgress.Ended installed(InstallPlan plan) {
        if (updatesItself.isPresent()) {
            installed.put(updatesItself.get(), "2-1");
            updatesItself = Optional.empty();
            rebootNeeded = rebootNeededAfterInstall;
            return new InstallProgress.Ended(103, InstallProgress.Meaning.RUN_AGAIN, "run me again");
        }
        plan.patches().stream()
                .filter(patch -> !neverInstall.contains(patch.key().name()))
                .forEach(patch -> {
                    installed.put(patch.key().name(), patch.version().text());
                    rebootNeeded = rebootNeededAfterInstall;
                });
        boolean whole = plan.patches().stream()
                .noneMatch(patch -> neverInstall.contains(patch.key().name()));
        return new InstallProgress.Ended(
                whole ? 0 : 1, whole ? InstallProgress.Meaning.DONE : failure, "Error: simulated trouble");
    }

    /** From now on it cannot be asked about installs. */
    public synchronized void refusing(ServerFault fault) {
        installFault = Optional.of(fault);
    }

    @Override
    public synchronized InstallProgress installProgress(Server server, OperationId operation) {
        installFault.ifPresent(fault -> {
            throw fault;
        });
        boolean held = holdsInstalls && stopCommands == 0 && installs.containsKey(operation);
        return held
                ? new InstallProgress.Working("one package after the other")
                : installs.getOrDefault(operation, new InstallProgress.NotStarted());
    }

    @Override
    public synchronized void stopInstall(Server server, OperationId operation) {
        stopCommands++;
    }

    @Override
    public synchronized Optional<String> checkHealth(Server server, List<String> command, Duration timeout) {
        return health;
    }

    @Override
    public synchronized String bootId(Server server) {
        if (!up) {
            throw new ServerFault(ServerFault.Kind.UNREACHABLE, "simulated: no answer");
        }
        return claimedBoot.orElse("boot-" + boot);
    }

    /** From outside: a new boot, when it was down. */
    public synchronized void powerOn() {
        boot = up ? boot : boot + 1;
        up = true;
    }

    /** From outside: the power is gone and comes back at once. */
    public synchronized void reset() {
        boot++;
        up = true;
    }

    public int shutDownCommands() {
        return shutDowns.size();
    }

    /** The answer to the next shut-down is lost. */
    public SimulatedServer losingTheAnswerToAShutDown(boolean arrives) {
        lostShutDown = Optional.of(arrives);
        return this;
    }

    /** It heeds no shut-down. */
    public SimulatedServer hangingWhenShutDown() {
        hangs = true;
        return this;
    }

    @Override
    public synchronized boolean shutDown(Server server, OperationId operation, String bootId) {
        if (!bootId(server).equals(bootId)) {
            return false;
        }
        Optional<Boolean> lost = lostShutDown;
        lostShutDown = Optional.empty();
        if (lost.orElse(true) && shutDowns.add(operation)) {
            up = hangs;
        } else if (lost.isPresent()) {
            up = false;
        }
        if (lost.isPresent()) {
            throw new ServerFault(ServerFault.Kind.UNREACHABLE, "simulated: connection lost");
        }
        return true;
    }

    @Override
    public boolean isOwn(String bootId) {
        return own;
    }

    @Override
    public synchronized RebootProgress rebootProgress(Server server, OperationId operation, String bootId) {
        return bootId(server).equals(bootId) ? RebootProgress.NOT_TOLD : RebootProgress.OTHER_BOOT;
    }

    @Override
    public synchronized void reboot(Server server, OperationId operation, String bootId) {
        if (!bootId.equals("boot-" + boot)) {
            return;
        }
        rebootCommands++;
        boot++;
        rebootNeeded = false;
        up = comesBack;
    }
}
