package io.patchway.compliance;

import io.patchway.server.ServerId;
import java.util.List;

/** What others report of servers, the latest report of each type. */
public interface Reports {

    /**
     * Takes a report.
     *
     * @param whole whether it takes the place of what was reported before under its type; otherwise its items take the
     *     place of those with the same ids
     * @param actor who reports, for the audit log
     */
    void take(Report report, boolean whole, String actor);

    /** What was reported of a server, ordered by type and item. */
    List<Report> of(ServerId server);

    /** The servers that something was reported of, ordered by id. */
    List<ServerId> servers();
}
