package io.patchway.compliance;

import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody outside found out about a server.
 *
 * @param type what it is about, such as {@code Custom:Antivirus}
 * @param executedAt when it was found out
 * @param executionId of the work that found it out
 * @param executionType what kind of work that was
 */
public record Report(
        ServerId server,
        String type,
        Instant executedAt,
        Optional<String> executionId,
        Optional<String> executionType,
        List<ReportedItem> items) {
    public Report {
        items = List.copyOf(items);
    }
}
