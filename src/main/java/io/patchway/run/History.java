package io.patchway.run;

import io.patchway.run.RequestReport.RunReport;
import io.patchway.server.ServerId;
import java.util.Optional;

/**
 * What was recorded, page by page. The {@code next} of a page is the cursor of the one behind it.
 *
 * <p>Every call with a cursor throws a {@link BadCursorException} when that is none of this list.
 */
public interface History {

    /** Requests in short, the newest first. */
    Page<RequestSummary> requests(Optional<String> cursor, int limit);

    /** One request in short. */
    Optional<RequestSummary> request(RequestId id);

    /** The runs of a request with everything recorded about each, in the order of its servers. */
    Page<RunReport> runs(RequestId request, Optional<String> cursor, int limit);

    /** The runs of a server with everything recorded about each, the newest first, whatever request they belong to. */
    Page<ServerHistory> runs(ServerId server, Optional<String> cursor, int limit);

    /** The same, but only those of requests to install: what only looks is left out. */
    Page<ServerHistory> installs(ServerId server, Optional<String> cursor, int limit);

    /** The run of this number with everything recorded about it, and its request. */
    Optional<ServerHistory> run(ExecutionNumber number);

    /** A run and the request that it belongs to. */
    record ServerHistory(RequestId request, RunReport run) {}
}
