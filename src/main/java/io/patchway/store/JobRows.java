package io.patchway.store;

import io.patchway.console.Job;
import io.patchway.console.JobKind;
import io.patchway.console.JobStatus;
import io.patchway.console.JobStatus.HandIn;
import io.patchway.console.Jobs.Latest;
import io.patchway.rollout.RolloutPhase;
import io.patchway.run.RequestId;
import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** Rows of the console's jobs, and how far the requests are that do their work. */
final class JobRows {
    static final int LONGEST_NAME = 1000;
    private static final int LONGEST_USER = 200;

    private JobRows() {}

    static void insert(Handle handle, Job job) {
        String name = CleanText.of(job.name(), LONGEST_NAME);
        handle.createUpdate("""
            insert into console_job (id, kind, name, name_key, template, scan_id, user_name, started_at, fingerprint,
                options)
            values (:id, :kind, :name, :key, :template, :scan, :user, :startedAt, :fingerprint, :options)
            """)
                .bind("id", job.id())
                .bind("kind", job.kind())
                .bind("name", name)
                .bind("key", name.toLowerCase(Locale.ROOT))
                .bind("template", job.template())
                .bind("scan", job.scan())
                .bind("user", CleanText.of(job.user(), LONGEST_USER))
                .bind("startedAt", job.startedAt())
                .bind("fingerprint", job.fingerprint())
                .bind("options", JsonText.of(job.options()))
                .execute();
    }

    /** A job and its request, without the numbers of machines. */
    record Row(Job job, Optional<RequestId> request, Optional<Instant> endedAt, boolean cancelled, boolean deleted) {}

    static List<Row> jobs(Handle handle, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return handle.createQuery("""
            select console_job.*, patch_request.id as request_id, ended_at, rollout_phase from console_job
            left join patch_request on patch_request.fingerprint = console_job.fingerprint
            where console_job.id in (<ids>) order by console_job.id desc
            """).bindList("ids", ids).map(JobRows::row).list();
    }

    private static Row row(RowView row) {
        Job job = new Job(
                row.getColumn("id", UUID.class),
                row.getColumn("kind", JobKind.class),
                row.getColumn("name", String.class),
                row.getColumn("template", UUID.class),
                RequestRows.optional(row, "scan_id", UUID.class),
                row.getColumn("user_name", String.class),
                row.getColumn("started_at", Instant.class),
                JsonText.readTextMap(row.getColumn("options", String.class)));
        return new Row(
                job,
                RequestRows.optional(row, "request_id", UUID.class).map(RequestId::new),
                RequestRows.optional(row, "ended_at", Instant.class),
                row.getColumn("rollout_phase", RolloutPhase.class) == RolloutPhase.CANCELLED,
                row.getColumn("deleted_at", Instant.class) != null);
    }

    static List<JobStatus> statuses(Handle handle, List<Row> rows, Instant now) {
        Map<UUID, Numbers> numbers =
                numbers(handle, rows.stream().map(row -> row.job().id()).toList());
        return rows.stream()
                .map(row -> status(row, numbers.getOrDefault(row.job().id(), Numbers.NONE), now))
                .toList();
    }

    private static JobStatus status(Row row, Numbers numbers, Instant now) {
        boolean missing = row.request().isEmpty() && numbers.waiting() > 0;
        HandIn handIn = missing && !row.deleted() ? handIn(row.job(), now) : HandIn.SETTLED;
        Instant updatedAt = row.endedAt()
                .or(numbers::newest)
                .filter(row.job().startedAt()::isBefore)
                .orElse(row.job().startedAt());
        return new JobStatus(
                row.job(),
                row.request(),
                row.endedAt(),
                numbers.expected(),
                handIn == HandIn.AWAITED ? numbers.received() - numbers.waiting() : numbers.received(),
                updatedAt,
                row.cancelled() || missing && row.deleted(),
                row.deleted(),
                handIn);
    }

    private static HandIn handIn(Job job, Instant now) {
        return now.isBefore(job.startedAt().plus(JobStatus.PATIENCE)) ? HandIn.AWAITED : HandIn.LOST;
    }

    /** @param waiting servers without a run, of which none was refused */
    private record Numbers(int expected, int received, int waiting, Optional<Instant> newest) {
        static final Numbers NONE = new Numbers(0, 0, 0, Optional.empty());
    }

    private static Map<UUID, Numbers> numbers(Handle handle, Collection<UUID> jobs) {
        Map<UUID, Numbers> numbers = new HashMap<>();
        if (jobs.isEmpty()) {
            return numbers;
        }
        handle.createQuery("""
            select console_machine.job_id, count(*) as expected,
                sum(case when server_run.id is null or server_run.ended_at is not null then 1 else 0 end) as received,
                sum(case when server_run.id is null and console_machine.server_id is not null and error_number = 0
                    then 1 else 0 end) as waiting,
                max(server_run.state_since) as newest
            from console_machine
            join console_job on console_job.id = console_machine.job_id
            left join patch_request on patch_request.fingerprint = console_job.fingerprint
            left join server_run on server_run.request_id = patch_request.id
                and server_run.server_id = console_machine.server_id
            where console_machine.job_id in (<jobs>) group by console_machine.job_id
            """)
                .bindList("jobs", jobs)
                .map((RowView row) -> numbers.put(
                        row.getColumn("job_id", UUID.class),
                        new Numbers(
                                row.getColumn("expected", Integer.class),
                                row.getColumn("received", Integer.class),
                                row.getColumn("waiting", Integer.class),
                                RequestRows.optional(row, "newest", Instant.class))))
                .list();
        return numbers;
    }

    static List<Latest> latestScans(Handle handle) {
        return handle.createQuery("""
            select server_id, job_id from console_machine where id in (
                select max(console_machine.id) from console_machine
                join console_job on console_job.id = console_machine.job_id
                where server_id is not null and kind = 'SCAN' and deleted_at is null group by server_id)
            """)
                .map(row -> new Latest(
                        new ServerId(row.getColumn("server_id", String.class)), row.getColumn("job_id", UUID.class)))
                .list();
    }

    /** Hides the job of a request whose details are gone: its rows would say nothing any more. */
    static void hide(Handle handle, UUID request, Instant now) {
        handle.createUpdate("""
            update console_job set deleted_at = :now
            where deleted_at is null and fingerprint = (select fingerprint from patch_request where id = :request)
            """).bind("request", request).bind("now", now).execute();
    }

    /**
     * Removes some jobs that began before a time and whose request is gone, or never was.
     *
     * @return whether there were any
     */
    static boolean prune(Handle handle, Instant begunBefore, int limit) {
        List<UUID> old = handle.createQuery("""
            select id from console_job where started_at < :before and not exists (
                select 1 from patch_request where patch_request.fingerprint = console_job.fingerprint)
            order by started_at, id limit :limit
            """)
                .bind("before", begunBefore)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
        if (!old.isEmpty()) {
            handle.createUpdate("delete from console_machine where job_id in (<old>)")
                    .bindList("old", old)
                    .execute();
            handle.createUpdate("delete from console_job where id in (<old>)")
                    .bindList("old", old)
                    .execute();
        }
        return !old.isEmpty();
    }
}
