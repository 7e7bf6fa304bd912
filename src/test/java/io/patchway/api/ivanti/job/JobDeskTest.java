package io.patchway.api.ivanti.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.EverythingApproved;
import io.patchway.console.Job;
import io.patchway.console.JobKind;
import io.patchway.console.JobStatus;
import io.patchway.console.JobTarget;
import io.patchway.console.Jobs;
import io.patchway.run.AdmissionLimit;
import io.patchway.run.Operation;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestDesk;
import io.patchway.run.Rollouts;
import io.patchway.run.SimulatedServer;
import io.patchway.run.SimulatedServers;
import io.patchway.server.Inventory;
import io.patchway.server.ServerId;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlJobs;
import io.patchway.store.SqlRolloutLedger;
import io.patchway.store.SqlRunLedger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to a job between its beginning and the acceptance of its request. */
class JobDeskTest {
    private static final UUID ID = UUID.fromString("0199aaaa-0000-7000-8000-000000000001");

    private final Clock clock = Clock.systemUTC();
    private final SimulatedServers servers = new SimulatedServers().with("web01", new SimulatedServer(Map.of()));
    private final Database database = Database.open(DatabaseSettings.at("jdbc:h2:mem:" + UUID.randomUUID()));
    private final SqlRunLedger ledger = new SqlRunLedger(database, "patch.example.org");
    private final SqlJobs jobs = new SqlJobs(database, "node-1", clock);

    @AfterEach
    void close() {
        database.close();
    }

    private static <T> T after(Class<T> type, T real, String name, Runnable event) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    try {
                        Object result = method.invoke(real, given);
                        if (method.getName().equals(name)) {
                            event.run();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private JobStatus start(Jobs jobsOfDesk, Inventory inventory) {
        RequestDesk requests = new RequestDesk(
                inventory,
                new EverythingApproved(),
                List::of,
                new Rollouts(inventory, List.of(), 0),
                ledger,
                new AdmissionLimit(200),
                clock);
        JobDesk desk = new JobDesk(jobsOfDesk, requests, new SqlRolloutLedger(database, "node-1"), clock);
        Job job = new Job(ID, JobKind.SCAN, "x", ID, Optional.empty(), "otto", clock.instant(), Map.of());
        return desk.start(
                job,
                List.of(new JobTarget("web01", Optional.of(new ServerId("web01")), 0, "")),
                new JobDesk.Work(Operation.SCAN, RebootOption.NEVER, Optional.empty(), false));
    }

    private void delete() {
        assertThat(jobs.find(ID).orElseThrow().complete())
                .isEqualTo(jobs.find(ID).orElseThrow().deleted());
        jobs.delete(JobKind.SCAN, ID, "anna", clock.instant());
    }

    @Test
    void oneThatIsDeletedBeforeItsRequestIsHandedInStartsNothing() {
        JobStatus job = start(after(Jobs.class, jobs, "begin", this::delete), servers);

        assertThat(job.request()).isEmpty();
        assertThat(job.complete()).isTrue();
        assertThat(ledger.claimDue(
                        "node-1", 10, Duration.ofMinutes(1), clock.instant().plusSeconds(60)))
                .isEmpty();
    }

    @Test
    void oneThatIsDeletedWhileItsRequestIsAcceptedIsCancelled() {
        JobStatus job = start(jobs, after(Inventory.class, servers, "find", this::delete));

        assertThat(job.request()).isPresent();
        assertThat(job.deleted()).isTrue();
        assertThat(job.cancelled()).isTrue();
    }
}
