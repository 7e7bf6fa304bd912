package io.patchway.store;

import static io.patchway.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchway.SettableClock;
import io.patchway.console.ConsoleItem;
import io.patchway.console.ConsoleItems.NameTakenException;
import io.patchway.console.ItemKind;
import io.patchway.console.Job;
import io.patchway.console.JobKind;
import io.patchway.console.JobMachine;
import io.patchway.console.JobStatus;
import io.patchway.console.JobStatus.HandIn;
import io.patchway.console.JobTarget;
import io.patchway.console.Jobs.Latest;
import io.patchway.console.Jobs.Selection;
import io.patchway.run.RunLedger.Claim;
import io.patchway.run.RunState;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the console keeps, on every database. */
abstract class ConsoleContract extends StoreContract {
    private static final ServerId WEB = new ServerId("web-01");
    private static final UUID FIRST = UUID.fromString("0199aaaa-0000-7000-8000-000000000001");
    private static final UUID SECOND = UUID.fromString("0199aaaa-0000-7000-8000-000000000002");
    private static final Instant MUCH_LATER = NOON.plus(Duration.ofDays(800));

    private SqlJobs jobs;
    private SqlConsoleItems items;
    private SqlRunLedger ledger;

    @BeforeEach
    void openConsole() {
        jobs = new SqlJobs(database, "node-1");
        items = new SqlConsoleItems(database, "node-1");
        ledger = new SqlRunLedger(database, "patch.example.org");
    }

    private static Job job(UUID id, JobKind kind, String name, Instant at) {
        return new Job(id, kind, name, FIRST, Optional.empty(), "Jürgen", at, Map.of("option", "größe"));
    }

    private void begin(Job job) {
        jobs.begin(
                job,
                List.of(
                        new JobTarget("web-01", Optional.of(WEB), 0, ""),
                        new JobTarget("nobody", Optional.empty(), 200, "not found")));
    }

    private ServerRun started(Job job) {
        ledger.accept(Samples.request("web-01"), Optional.of(job.fingerprint()));
        return load();
    }

    private ServerRun load() {
        Claim claim =
                ledger.claimDue("node", 1, Duration.ofMinutes(1), MUCH_LATER).get(0);
        return ledger.load(claim).orElseThrow();
    }

    private void end(ServerRun run, Instant at) {
        Transition last = Transition.to(RunState.FAILED, run, run.memory(), at, "UNREACHABLE: it is away");
        ledger.commit(new Claim(run.id(), run.fence()), last.keeping(Samples.scan(at)), at);
    }

    @Test
    void aJobIsFoundWithTheProgressOfItsRequest() {
        Job job = job(FIRST, JobKind.SCAN, "Nightly", NOON);
        begin(job);
        ServerRun run = started(job);
        JobStatus running = jobs.find(FIRST).orElseThrow();
        end(run, NOON.plusSeconds(60));
        JobStatus ended = jobs.find(FIRST).orElseThrow();

        assertThat(running.job()).isEqualTo(job);
        assertThat(running.complete()).isFalse();
        assertThat(running.expected()).isEqualTo(2);
        assertThat(running.received()).isOne();
        assertThat(ended.complete()).isTrue();
        assertThat(ended.received()).isEqualTo(2);
        assertThat(ended.updatedAt()).isEqualTo(NOON.plusSeconds(60));
        List<JobMachine> machines = jobs.machines(FIRST, false);
        assertThat(machines).extracting(machine -> machine.target().endpoint()).containsExactly("web-01", "nobody");
        assertThat(machines.get(0).run().orElseThrow().notes())
                .last()
                .satisfies(note -> assertThat(note.text()).isEqualTo("UNREACHABLE: it is away"));
        assertThat(machines.get(0).found().orElseThrow().takenAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(jobs.findings(machines.get(0).found().orElseThrow().scan()))
                .contains(Samples.scan(NOON.plusSeconds(60)));
        assertThat(jobs.machine(FIRST, machines.get(1).id())).contains(machines.get(1));
        assertThat(jobs.machine(SECOND, machines.get(1).id())).isEmpty();
        assertThat(jobs.latestScans()).containsExactly(new Latest(WEB, FIRST));
    }

    @Test
    void aJobIsNotCompleteBeforeItsRequestIsThereAndLostWhenNoneComes() {
        SettableClock clock = new SettableClock(NOON.plusSeconds(1));
        SqlJobs clocked = new SqlJobs(database, "node-1", clock);
        Job job = job(FIRST, JobKind.SCAN, "Nightly", NOON);
        begin(job);

        JobStatus early = clocked.find(FIRST).orElseThrow();
        clock.set(NOON.plusSeconds(120));
        JobStatus late = clocked.list(JobKind.SCAN, Selection.ALL, 0, 1).get(0);
        started(job);
        JobStatus started = clocked.find(FIRST).orElseThrow();

        assertThat(early.complete()).isFalse();
        assertThat(early.received()).isOne();
        assertThat(late.complete()).isTrue();
        assertThat(late.handIn()).isEqualTo(HandIn.LOST);
        assertThat(started.complete()).isFalse();
        assertThat(started.handIn()).isEqualTo(HandIn.SETTLED);
    }

    @Test
    void aJobOfWhichNothingIsToBeDoneIsCompleteAtOnce() {
        SqlJobs clocked = new SqlJobs(database, "node-1", new SettableClock(NOON));
        begin(job(FIRST, JobKind.SCAN, "x", NOON));
        begin(job(SECOND, JobKind.SCAN, "y", NOON));

        clocked.refuse(FIRST, WEB, 230, "scans only");
        clocked.delete(JobKind.SCAN, SECOND, "anna", NOON);

        assertThat(clocked.find(FIRST).orElseThrow().complete()).isTrue();
        assertThat(clocked.find(SECOND).orElseThrow().complete()).isTrue();
        assertThat(clocked.find(SECOND).orElseThrow().cancelled()).isTrue();
    }

    @Test
    void jobsAreListedNewestFirstByWhatIsAskedFor() {
        begin(job(FIRST, JobKind.SCAN, "Größe", NOON));
        begin(job(SECOND, JobKind.SCAN, "other", NOON.plusSeconds(1)));
        begin(job(UUID.fromString("0199aaaa-0000-7000-8000-000000000003"), JobKind.DEPLOYMENT, "d", NOON));

        assertThat(ids(Selection.ALL, 0, 10)).containsExactly(SECOND, FIRST);
        assertThat(ids(Selection.ALL, 1, 1)).containsExactly(FIRST);
        assertThat(ids(selection("GRÖßE", null, null), 0, 10)).containsExactly(FIRST);
        assertThat(ids(selection(null, NOON.plusMillis(500), null), 0, 10)).containsExactly(SECOND);
        assertThat(ids(selection(null, null, NOON), 0, 10)).containsExactly(FIRST);
        assertThat(jobs.delete(JobKind.DEPLOYMENT, FIRST, "anna", NOON)).isFalse();
        assertThat(jobs.delete(JobKind.SCAN, FIRST, "anna", NOON)).isTrue();
        assertThat(jobs.delete(JobKind.SCAN, FIRST, "anna", NOON)).isFalse();
        assertThat(ids(Selection.ALL, 0, 10)).containsExactly(SECOND);
        assertThat(jobs.find(FIRST).orElseThrow().deleted()).isTrue();
    }

    private static Selection selection(String name, Instant from, Instant until) {
        return new Selection(
                Optional.ofNullable(name), Optional.empty(), Optional.ofNullable(from), Optional.ofNullable(until));
    }

    private List<UUID> ids(Selection selection, int start, int count) {
        return jobs.list(JobKind.SCAN, selection, start, count).stream()
                .map(status -> status.job().id())
                .toList();
    }

    @Test
    void aRefusalIsNotedAndAForgottenJobIsGone() {
        begin(job(FIRST, JobKind.SCAN, "x", NOON));

        jobs.refuse(FIRST, WEB, 230, "scans only");

        assertThat(jobs.machines(FIRST, true).get(0).target())
                .isEqualTo(new JobTarget("web-01", Optional.of(WEB), 230, "scans only"));
        jobs.forget(FIRST);
        assertThat(jobs.find(FIRST)).isEmpty();
        assertThat(jobs.machines(FIRST, true)).isEmpty();
    }

    @Test
    void whatRetentionRemovesIsShownNoLonger() {
        SqlArchive archive = new SqlArchive(database, "node-1");
        Job job = job(FIRST, JobKind.SCAN, "x", NOON);
        begin(job);
        end(started(job), NOON);

        while (archive.pruneDetails(MUCH_LATER, 10, MUCH_LATER)) {
            // Until nothing is left.
        }
        assertThat(ids(Selection.ALL, 0, 10)).isEmpty();
        assertThat(jobs.find(FIRST)).isPresent();
        while (archive.pruneHistory(MUCH_LATER, 10, MUCH_LATER)) {
            // Until nothing is left.
        }
        assertThat(jobs.find(FIRST)).isEmpty();
    }

    @Test
    void itemsHaveANameEachAndNumbersThatStay() {
        ConsoleItem item = items.add(ItemKind.PATCH_GROUP, "This month", "{}", "anna", NOON);
        ConsoleItem other = items.add(ItemKind.MACHINE_GROUP, "this MONTH", "[]", "anna", NOON);

        assertThat(item.number()).isGreaterThan(1000);
        assertThat(items.all(ItemKind.PATCH_GROUP)).containsExactly(item);
        assertThatExceptionOfType(NameTakenException.class)
                .isThrownBy(() -> items.add(ItemKind.PATCH_GROUP, "THIS month", "{}", "anna", NOON));
        assertThat(items.replace(ItemKind.PATCH_GROUP, other.number(), "x", "{}", "anna", NOON))
                .isEmpty();
        assertThat(items.replace(ItemKind.PATCH_GROUP, item.number(), "x", "{1}", "anna", NOON))
                .hasValueSatisfying(changed -> assertThat(changed.document()).isEqualTo("{1}"));
        assertThat(items.remove(ItemKind.MACHINE_GROUP, item.number(), "anna", NOON))
                .isFalse();
        assertThat(items.remove(ItemKind.PATCH_GROUP, item.number(), "anna", NOON))
                .isTrue();
        assertThat(items.add(ItemKind.PATCH_GROUP, "new", "{}", "anna", NOON).number())
                .isGreaterThan(other.number());
    }

    @Test
    void serversKeepTheirNumbers() {
        Map<ServerId, Integer> first = items.numbers(List.of(WEB));
        Map<ServerId, Integer> second = items.numbers(List.of(new ServerId("db-01"), WEB));

        assertThat(second).hasSize(2).containsAllEntriesOf(first);
        assertThat(second.values()).doesNotHaveDuplicates();
    }
}
