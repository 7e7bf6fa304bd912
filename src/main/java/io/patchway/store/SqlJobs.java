package io.patchway.store;

import io.patchway.console.Job;
import io.patchway.console.JobKind;
import io.patchway.console.JobMachine;
import io.patchway.console.JobStatus;
import io.patchway.console.JobTarget;
import io.patchway.console.Jobs;
import io.patchway.run.ScanRecord;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** The jobs of the console in a database. Thread-safe; any number of nodes may share the database. */
public final class SqlJobs implements Jobs {
    private final Database database;
    private final AuditRows audit;
    private final Clock clock;

    /** @param node the name of this node in the audit log */
    public SqlJobs(Database database, String node, Clock clock) {
        this.database = database;
        this.audit = new AuditRows(node);
        this.clock = clock;
    }

    /** Jobs by the clock of the machine. */
    public SqlJobs(Database database, String node) {
        this(database, node, Clock.systemUTC());
    }

    @Override
    public void begin(Job job, List<JobTarget> targets) {
        database.inTransaction(handle -> {
            boolean begunBefore = handle.createQuery("select 1 from console_job where id = :id")
                    .bind("id", job.id())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            if (begunBefore) {
                return false;
            }
            JobRows.insert(handle, job);
            PreparedBatch batch = handle.prepareBatch("""
                insert into console_machine (job_id, endpoint, server_id, error_number, error_text)
                values (:job, :endpoint, :server, :number, :text)
                """);
            targets.forEach(target -> batch.bind("job", job.id())
                    .bind("endpoint", CleanText.of(target.endpoint(), JobRows.LONGEST_NAME))
                    .bind("server", target.server().map(ServerId::value))
                    .bind("number", target.errorNumber())
                    .bind("text", CleanText.of(target.errorText()))
                    .add());
            if (!targets.isEmpty()) {
                batch.execute();
            }
            return true;
        });
    }

    @Override
    public void refuse(UUID job, ServerId server, int errorNumber, String errorText) {
        database.inTransaction(handle -> handle.createUpdate("""
            update console_machine set error_number = :number, error_text = :text
            where job_id = :job and server_id = :server
            """)
                .bind("job", job)
                .bind("server", server.value())
                .bind("number", errorNumber)
                .bind("text", CleanText.of(errorText))
                .execute());
    }

    @Override
    public void forget(UUID job) {
        database.inTransaction(handle -> {
            handle.createUpdate("delete from console_machine where job_id = :job")
                    .bind("job", job)
                    .execute();
            return handle.createUpdate("delete from console_job where id = :job")
                    .bind("job", job)
                    .execute();
        });
    }

    @Override
    public boolean delete(JobKind kind, UUID job, String actor, Instant now) {
        return database.inTransaction(handle -> {
            int deleted = handle.createUpdate("""
                update console_job set deleted_at = :now where id = :id and kind = :kind and deleted_at is null
                """)
                    .bind("id", job)
                    .bind("kind", kind)
                    .bind("now", now)
                    .execute();
            if (deleted > 0) {
                String word = kind.name().toLowerCase(Locale.ROOT);
                audit.insert(handle, actor, word + ".deleted", word + " " + job, "", now);
            }
            return deleted > 0;
        });
    }

    @Override
    public Optional<JobStatus> find(UUID job) {
        return database.inTransaction(handle ->
                JobRows.statuses(handle, JobRows.jobs(handle, List.of(job)), clock.instant()).stream()
                        .findFirst());
    }

    @Override
    public List<JobStatus> list(JobKind kind, Selection selection, int start, int count) {
        StringBuilder conditions = new StringBuilder();
        selection.name().ifPresent(name -> conditions.append(" and name_key = :name"));
        selection.user().ifPresent(user -> conditions.append(" and user_name = :user"));
        selection.from().ifPresent(from -> conditions.append(" and started_at >= :from"));
        selection.until().ifPresent(until -> conditions.append(" and started_at <= :until"));
        return database.inTransaction(handle -> {
            Query query = handle.createQuery("select id from console_job where kind = :kind and deleted_at is null"
                            + conditions + " order by kind desc, id desc limit :count offset :start")
                    .bind("kind", kind)
                    .bind("count", count)
                    .bind("start", start);
            selection.name().ifPresent(name -> query.bind("name", name.toLowerCase(Locale.ROOT)));
            selection.user().ifPresent(user -> query.bind("user", user));
            selection.from().ifPresent(from -> query.bind("from", from));
            selection.until().ifPresent(until -> query.bind("until", until));
            return JobRows.statuses(
                    handle, JobRows.jobs(handle, query.mapTo(UUID.class).list()), clock.instant());
        });
    }

    @Override
    public List<JobMachine> machines(UUID job, boolean detailed) {
        return database.inTransaction(handle -> JobMachineRows.of(handle, job, Optional.empty(), detailed));
    }

    @Override
    public Optional<JobMachine> machine(UUID job, int id) {
        return database.inTransaction(handle ->
                JobMachineRows.of(handle, job, Optional.of(id), true).stream().findFirst());
    }

    @Override
    public Optional<ScanRecord> findings(long scan) {
        return database.inTransaction(handle -> handle.createQuery("select document from scan where id = :scan")
                        .bind("scan", scan)
                        .mapTo(byte[].class)
                        .findOne())
                .map(ScanDocument::read);
    }

    @Override
    public Optional<ScanRecord> findingsBefore(ServerId server, long scan) {
        return database.inTransaction(handle -> handle.createQuery("""
            select document from scan where id = (select max(id) from scan where server_id = :server and id < :scan)
            """)
                        .bind("server", server.value())
                        .bind("scan", scan)
                        .mapTo(byte[].class)
                        .findOne())
                .map(ScanDocument::read);
    }

    @Override
    public List<Latest> latestScans() {
        return database.inTransaction(handle -> JobRows.latestScans(handle));
    }
}
