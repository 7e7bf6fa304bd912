package io.patchway.api.ivanti.job;

import io.patchway.access.Role;
import io.patchway.api.ivanti.Csv;
import io.patchway.api.ivanti.Envelope;
import io.patchway.api.ivanti.IvantiCall;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.IvantiRoutes;
import io.patchway.api.ivanti.Query;
import io.patchway.console.JobKind;
import io.patchway.console.JobMachine;
import io.patchway.console.JobStatus;
import io.patchway.console.Jobs;
import io.patchway.console.Jobs.Selection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /patch/scans}: what is installed and missing on machines. */
public final class ScansResource implements IvantiResource {
    private static final String PATH = "patch/scans";
    private static final String ONE = PATH + "/{scan}";
    private static final String MACHINES = ONE + "/machines";
    private static final String WORD = "patch scan";
    private static final int USUAL_COUNT = 10;

    private final Jobs jobs;
    private final ScanDesk desk;
    private final JobDesk jobDesk;
    private final ScanModels models;

    public ScansResource(Jobs jobs, ScanDesk desk, JobDesk jobDesk, ConsoleName console) {
        this.jobs = jobs;
        this.desk = desk;
        this.jobDesk = jobDesk;
        this.models = new ScanModels(console);
    }

    @Override
    public void addTo(IvantiRoutes routes) {
        routes.get(PATH, this::list)
                .add("POST", PATH, Role.OPERATOR, this::start)
                .get(ONE, call -> call.answer(models.scan(scan(call), call.links())))
                .add("DELETE", ONE, Role.OPERATOR, this::delete)
                .get(MACHINES, this::machines)
                .get(MACHINES + "/{machine}", this::machine)
                .get(MACHINES + "/{machine}/patches", this::patches)
                .get(MACHINES + "/{machine}/difference", this::difference);
    }

    /** The address of a scan. */
    static String path(UUID id) {
        return PATH + "/" + id;
    }

    private JobStatus scan(IvantiCall call) {
        UUID id = call.guid("scan", WORD);
        return jobs.find(id)
                .filter(job -> job.job().kind() == JobKind.SCAN && !job.deleted())
                .orElseThrow(() -> IvantiRefusal.unknown(WORD, id));
    }

    private void list(IvantiCall call) {
        Query query = call.query();
        int count = query.count(USUAL_COUNT);
        int start = query.start();
        Selection selection = new Selection(
                query.text("name"),
                query.truth("createdByMe")
                        .filter(mine -> mine)
                        .map(mine -> call.user().name()),
                query.time("onOrAfter"),
                query.time("onOrBefore"));
        List<JobStatus> found = jobs.list(JobKind.SCAN, selection, start, count + 1);
        Optional<Integer> next = found.size() > count ? Optional.of(start + count) : Optional.empty();
        call.answer(Envelope.page(
                call,
                PATH,
                count,
                next,
                found.stream()
                        .limit(count)
                        .map(scan -> models.scan(scan, call.links()))
                        .toList()));
    }

    private void start(IvantiCall call) {
        JobStatus scan = desk.start(call);
        UUID id = scan.job().id();
        call.header("Operation-Location", call.links().to(OperationsResource.path(id)))
                .header("Location", call.links().to(path(id)))
                .answer(202, models.scan(scan, call.links()));
    }

    /** Ends a scan that runs: what has not begun does not begin, and what comes in after this is not shown. */
    private void delete(IvantiCall call) {
        JobStatus scan = scan(call);
        jobDesk.delete(scan, call.user().name());
        call.done();
    }

    private void machines(IvantiCall call) {
        UUID scan = scan(call).job().id();
        List<ScanModels.Machine> rows = jobs.machines(scan, false).stream()
                .filter(JobMachine::received)
                .map(machine -> models.machine(scan, machine, call.links()))
                .toList();
        if (Csv.wantedBy(call)) {
            call.answer("text/csv; charset=utf-8", ScanTables.machines(rows));
        } else {
            call.answer(Envelope.whole(rows));
        }
    }

    private JobMachine machine(IvantiCall call, UUID scan) {
        int id = call.number("machine", "machine in this scan");
        return jobs.machine(scan, id)
                .filter(JobMachine::received)
                .orElseThrow(() -> IvantiRefusal.unknown("machine in this scan", id));
    }

    private void machine(IvantiCall call) {
        UUID scan = scan(call).job().id();
        call.answer(models.machine(scan, machine(call, scan), call.links()));
    }

    private void patches(IvantiCall call) {
        Optional<String> state = word(call.query(), "scanState", DetectedPatch.STATES);
        List<String> severities = severities(call.query());
        UUID scan = scan(call).job().id();
        JobMachine machine = machine(call, scan);
        List<DetectedPatch> rows = machine
                .found()
                .flatMap(found -> jobs.findings(found.scan()))
                .map(findings -> PatchRows.of(machine.id(), findings, call.links()))
                .orElse(List.of())
                .stream()
                .filter(row ->
                        state.filter(word -> !word.equals(row.scanState())).isEmpty())
                .filter(row -> severities.isEmpty() || severities.contains(row.vendorSeverity()))
                .toList();
        if (Csv.wantedBy(call)) {
            call.answer("text/csv; charset=utf-8", ScanTables.patches(rows));
        } else {
            call.answer(Envelope.whole(rows));
        }
    }

    private static Optional<String> word(Query query, String name, List<String> allowed) {
        return query.text(name).map(given -> word(name, given, allowed));
    }

    private static String word(String name, String given, List<String> allowed) {
        return allowed.stream()
                .filter(given::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> IvantiRefusal.of(
                        name, "must be one of " + String.join(", ", allowed) + ", but is '" + given + "'"));
    }

    private static List<String> severities(Query query) {
        return query.texts("severity").stream()
                .map(given -> word("severity", given, DetectedPatch.SEVERITIES))
                .toList();
    }

    private void difference(IvantiCall call) {
        UUID scan = scan(call).job().id();
        JobMachine machine = machine(call, scan);
        call.answer(ScanDifference.of(machine, jobs, call.links()));
    }
}
