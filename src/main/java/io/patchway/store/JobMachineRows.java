package io.patchway.store;

import io.patchway.console.JobMachine;
import io.patchway.console.JobMachine.Found;
import io.patchway.console.JobTarget;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunId;
import io.patchway.run.RunState;
import io.patchway.scan.HostFacts;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;

/** Rows of the machines of the console's jobs, each with its server run and what that found. */
final class JobMachineRows {
    private static final String SELECT = """
        select console_machine.id as machine_id, endpoint, console_machine.server_id as target_server, error_number,
            error_text, server_run.id as id, number, server_run.server_id as server_id, state, round, reboots, last_error,
            server_run.started_at as started_at, server_run.ended_at as ended_at, state_since,
            scan.id as scan_number, scan.taken_at as taken_at, installed, missing, reboot_needed, host
        from console_machine
        join console_job on console_job.id = console_machine.job_id
        left join patch_request on patch_request.fingerprint = console_job.fingerprint
        left join server_run on server_run.request_id = patch_request.id
            and server_run.server_id = console_machine.server_id
        left join scan on scan.run_id = server_run.id
            and not exists (select 1 from scan later where later.run_id = scan.run_id and later.id > scan.id)
        left join scan_summary on scan_summary.scan_id = scan.id
        where console_machine.job_id = :job
        """;

    private JobMachineRows() {}

    /** All machines of a job, or one of them. */
    static List<JobMachine> of(Handle handle, UUID job, Optional<Integer> id, boolean detailed) {
        String one = id.isPresent() ? " and console_machine.id = :id" : "";
        Query query = handle.createQuery(SELECT + one + " order by console_machine.id")
                .bind("job", job);
        id.ifPresent(number -> query.bind("id", number));
        List<JobMachine> machines = query.map(JobMachineRows::machine).list();
        List<RunId> wanted = machines.stream()
                .flatMap(machine -> machine.run().stream())
                .filter(run -> run.state().ended() && run.state() != RunState.SUCCEEDED || detailed)
                .map(RunReport::id)
                .toList();
        Reports.Details details = Reports.Details.of(handle, wanted);
        return machines.stream()
                .map(machine -> new JobMachine(
                        machine.id(),
                        machine.target(),
                        machine.run().map(details::addTo),
                        machine.stateSince(),
                        machine.found()))
                .toList();
    }

    private static JobMachine machine(RowView row) {
        return new JobMachine(
                row.getColumn("machine_id", Integer.class),
                new JobTarget(
                        row.getColumn("endpoint", String.class),
                        RequestRows.optional(row, "target_server", String.class).map(ServerId::new),
                        row.getColumn("error_number", Integer.class),
                        row.getColumn("error_text", String.class)),
                RequestRows.optional(row, "id", UUID.class).map(run -> Reports.withoutDetails(row)),
                RequestRows.optional(row, "state_since", Instant.class),
                RequestRows.optional(row, "scan_number", Long.class).map(scan -> found(row, scan)));
    }

    private static Found found(RowView row, long scan) {
        return new Found(
                scan,
                row.getColumn("taken_at", Instant.class),
                row.getColumn("installed", Integer.class),
                row.getColumn("missing", Integer.class),
                row.getColumn("reboot_needed", Boolean.class),
                RequestRows.optional(row, "host", String.class).map(host -> JsonText.read(host, HostFacts.class)));
    }
}
