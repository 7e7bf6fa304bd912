package io.patchway.store;

import io.patchway.compliance.ComplianceRecords;
import io.patchway.compliance.ScanSummary;
import io.patchway.run.BadCursorException;
import io.patchway.run.Page;
import io.patchway.run.ScanRecord;
import io.patchway.server.ServerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** What scans said of servers, in a database. Thread-safe. */
public final class SqlComplianceRecords implements ComplianceRecords {
    /** Servers that one query asks for; databases limit the number of parameters. */
    private static final int CHUNK = 500;

    private static final String IN_FORCE = """
        select scan_summary.*, unrebooted_at from server_standing
        join scan_summary on scan_summary.scan_id = server_standing.scan_id
        where server_standing.server_id in (<servers>)
        """;
    private static final String REBOOT_DUE = """
        select server_standing.server_id from server_standing
        join scan on scan.id = server_standing.scan_id
        where server_standing.server_id in (<servers>) and scan.reboot_needed
        """;
    private static final String OF_SERVER = """
        select scan_summary.*, unrebooted_at from scan_summary
        join server_standing on server_standing.server_id = scan_summary.server_id
        where scan_summary.server_id = :server
        """;

    private final Database database;

    public SqlComplianceRecords(Database database) {
        this.database = database;
    }

    @Override
    public Optional<ScanSummary> inForce(ServerId server) {
        return inForce(List.of(server)).stream().findFirst();
    }

    @Override
    public List<ScanSummary> inForce(Collection<ServerId> servers) {
        List<ScanSummary> found = new ArrayList<>();
        for (List<String> chunk : chunks(servers)) {
            found.addAll(database.inTransaction(handle -> inForce(handle, chunk)));
        }
        return found;
    }

    private static List<List<String>> chunks(Collection<ServerId> servers) {
        List<String> names = servers.stream().map(ServerId::value).toList();
        return IntStream.iterate(0, from -> from < names.size(), from -> from + CHUNK)
                .mapToObj(from -> names.subList(from, Math.min(from + CHUNK, names.size())))
                .toList();
    }

    private static List<ScanSummary> inForce(Handle handle, List<String> servers) {
        return handle.createQuery(IN_FORCE)
                .bindList("servers", servers)
                .map(SummaryRows::summary)
                .list();
    }

    @Override
    public Set<ServerId> rebootDue(Collection<ServerId> servers) {
        Set<ServerId> due = new HashSet<>();
        for (List<String> chunk : chunks(servers)) {
            database.inTransaction(handle -> handle.createQuery(REBOOT_DUE)
                            .bindList("servers", chunk)
                            .mapTo(String.class)
                            .list())
                    .forEach(name -> due.add(new ServerId(name)));
        }
        return due;
    }

    @Override
    public Page<ScanSummary> history(ServerId server, Optional<String> cursor, int limit) {
        long behind = cursor.map(SqlComplianceRecords::scan).orElse(Long.MAX_VALUE);
        return database.inTransaction(handle -> {
            List<ScanSummary> scans = handle.createQuery(OF_SERVER
                            + " and scan_summary.scan_id < :behind order by scan_summary.scan_id desc limit :limit")
                    .bind("server", server.value())
                    .bind("behind", behind)
                    .bind("limit", limit)
                    .map(SummaryRows::summary)
                    .list();
            return new Page<>(
                    scans,
                    scans.size() < limit
                            ? Optional.empty()
                            : Optional.of(String.valueOf(scans.getLast().scan())));
        });
    }

    private static long scan(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new BadCursorException(cursor, e);
        }
    }

    @Override
    public Optional<ScanSummary> find(ServerId server, long scan) {
        return database.inTransaction(handle -> handle.createQuery(OF_SERVER + " and scan_summary.scan_id = :scan")
                .bind("server", server.value())
                .bind("scan", scan)
                .map(SummaryRows::summary)
                .findOne());
    }

    @Override
    public Optional<ScanRecord> details(long scan) {
        return database.inTransaction(handle -> handle.createQuery("select document from scan where id = :scan")
                        .bind("scan", scan)
                        .mapTo(byte[].class)
                        .findOne())
                .map(ScanDocument::read);
    }
}
