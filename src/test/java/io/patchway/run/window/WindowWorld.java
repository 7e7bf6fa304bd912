package io.patchway.run.window;

import io.patchway.SettableClock;
import io.patchway.audit.RecordingAuditLog;
import io.patchway.run.InMemoryRunLedger;
import io.patchway.run.PatchRequest;
import io.patchway.run.RequestDesks;
import io.patchway.run.RequestForm;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RequestSummary;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.ServerId;
import io.patchway.window.InMemoryWindowLedger;
import io.patchway.window.MaintenanceWindow;
import io.patchway.window.WindowId;
import io.patchway.window.WindowLedger;
import io.patchway.window.WindowTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Windows and whatever carries them out, without a database, over web-01 and web-02. Nodes share all but themselves.
 */
public final class WindowWorld {
    private static final WindowId OF_FILE = new WindowId("mw-00000000000000001");
    private static final WindowId OF_API = new WindowId("mw-0000000000000000a");

    public final InMemoryRunLedger runs = new InMemoryRunLedger();
    public final InMemoryWindowLedger openings = new InMemoryWindowLedger();
    public final InMemoryWindowBook book = new InMemoryWindowBook();
    public final RecordingAuditLog audit = new RecordingAuditLog();
    public final CancelledRequests rollouts = new CancelledRequests();
    public final SettableClock clock;
    public WindowExecutions executions = new InMemoryWindowExecutions();

    public WindowWorld(Instant now) {
        this.clock = new SettableClock(now);
    }

    /** A node that knows windows of the API and these of files. */
    public WindowEngine node(StoredWindow... ofFiles) {
        return node(openings, ofFiles);
    }

    /** A node that remembers openings elsewhere. */
    public WindowEngine node(WindowLedger elsewhere, StoredWindow... ofFiles) {
        return node(
                elsewhere,
                entries -> entries.stream()
                        .flatMap(entry -> entry.values().stream())
                        .map(ServerId::new)
                        .toList(),
                ofFiles);
    }

    /** A node that looks targets up in this way. */
    public WindowEngine node(TargetLookup lookup, StoredWindow... ofFiles) {
        return node(openings, lookup, ofFiles);
    }

    private WindowEngine node(WindowLedger elsewhere, TargetLookup lookup, StoredWindow... ofFiles) {
        return WindowEngine.of(
                windows(ofFiles),
                elsewhere,
                executions,
                lookup,
                new WindowEngine.Work(RequestDesks.over(runs, clock), runs, rollouts),
                this::summary,
                audit,
                clock,
                Duration.ofMinutes(2));
    }

    public Windows windows(StoredWindow... ofFiles) {
        return new Windows(List.of(ofFiles), book);
    }

    /** A window as a file would have it, with one task. */
    public static StoredWindow ofFile(MaintenanceWindow timing, RequestForm form) {
        WindowTerms terms = terms(timing.schedule().text(), timing.name(), timing.enabled());
        return new StoredWindow(
                OF_FILE,
                Optional.of("config/windows/" + timing.name() + ".yaml"),
                terms,
                timing,
                List.of(),
                List.of(task(1, 0, Optional.empty(), form)),
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty());
    }

    /** Adds a window of the API that opens every day at two for three hours, with a cutoff of one hour. */
    public StoredWindow daily(WindowTask... tasks) {
        StoredWindow window = StoredWindow.made(OF_API, terms("cron(0 2 * * ? *)", "night", true), clock.instant())
                .withTasks(none -> List.of(tasks), clock.instant());
        book.add(window, new WindowBook.Act("tester", "window.created", ""), clock.instant());
        return window;
    }

    /** The same terms for a window that is switched off. */
    public static WindowTerms switchedOff(WindowTerms terms) {
        return terms(terms.schedule(), terms.name(), false);
    }

    private static WindowTerms terms(String schedule, String name, boolean enabled) {
        return new WindowTerms(
                name,
                Optional.empty(),
                schedule,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                3,
                1,
                true,
                enabled);
    }

    /** A task that installs on servers. */
    public static WindowTask task(int number, int priority, CutoffBehavior cutoff, String... servers) {
        WindowTask task = task(number, priority, Optional.of(cutoff), RequestDesks.install());
        return new WindowTask(
                task.id(),
                task.document(),
                List.of(new TargetEntry("InstanceIds", List.of(servers))),
                task.priority(),
                task.maxConcurrency(),
                task.maxErrors(),
                task.cutoff(),
                task.name(),
                task.description(),
                task.serviceRole(),
                task.invocation(),
                task.logging(),
                task.form());
    }

    private static WindowTask task(int number, int priority, Optional<CutoffBehavior> cutoff, RequestForm form) {
        return new WindowTask(
                new UUID(0, number),
                "AWS-RunPatchBaseline",
                List.of(),
                Optional.of(priority),
                Optional.empty(),
                Optional.empty(),
                cutoff,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                form);
    }

    /** Ends every run that is going on for these servers; for all servers when none is named. */
    public void end(RunState state, String... servers) {
        List<String> named = Arrays.asList(servers);
        Predicate<ServerRun> meant =
                run -> named.isEmpty() || named.contains(run.server().value());
        for (Claim claim : runs.claimDue("tester", 100, Duration.ZERO, clock.instant())) {
            ServerRun run = runs.load(claim).orElseThrow();
            if (meant.test(run)) {
                runs.commit(claim, Transition.to(state, run, run.memory(), clock.instant(), "test"), clock.instant());
            }
        }
    }

    /** The servers of each request so far, in their order. */
    public List<String> requested() {
        return runs.accepted().stream()
                .map(request -> request.servers().stream().map(ServerId::value).collect(Collectors.joining(" ")))
                .toList();
    }

    private Optional<RequestSummary> summary(RequestId id) {
        return runs.report(id).map(WindowWorld::summary);
    }

    private static RequestSummary summary(RequestReport report) {
        PatchRequest request = report.request();
        return new RequestSummary(
                request.id(),
                request.operation(),
                request.rebootOption(),
                request.maxRounds(),
                request.origin(),
                request.requester(),
                request.baseline(),
                request.scriptPackage(),
                request.acceptedAt(),
                report.endedAt(),
                report.runs().stream().collect(Collectors.toMap(RunReport::state, run -> 1, Integer::sum)));
    }
}
