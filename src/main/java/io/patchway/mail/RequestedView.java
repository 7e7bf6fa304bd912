package io.patchway.mail;

import io.patchway.run.ExecutionIds;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.RequestReport;
import java.util.List;

/**
 * What the mail says that confirms a request.
 *
 * @param factLines the facts as lines of plain text
 * @param serverLines the servers as lines of plain text
 * @param more how many servers are not listed, in words; empty when all are
 */
record RequestedView(
        String subject,
        String title,
        String lead,
        Tone tone,
        List<Fact> facts,
        List<String> factLines,
        List<ServerLine> servers,
        List<String> serverLines,
        String more)
        implements MailView {

    /** One server and the id of its run. */
    record ServerLine(String server, String executionId) {}

    static RequestedView of(RequestReport report, ExecutionIds ids) {
        PatchRequest request = report.request();
        List<Fact> facts = Fact.of(request);
        String whom = whom(request);
        List<ServerLine> servers = report.runs().stream()
                .limit(MailComposer.DESCRIBED_SERVERS)
                .map(run -> new ServerLine(run.server().value(), ids.of(run.number())))
                .toList();
        return new RequestedView(
                "Patchway: " + Wording.of(request.operation()) + " requested for " + whom + " ("
                        + ShortId.of(request.id()) + ")",
                (request.operation() == Operation.SCAN ? "Scan" : "Install") + " requested for " + whom,
                lead(request.operation()),
                Tone.CALM,
                facts,
                Fact.lines(facts),
                servers,
                PlainText.table(servers.stream()
                        .map(line -> List.of(line.server(), line.executionId()))
                        .toList()),
                more(report.runs().size() - servers.size()));
    }

    private static String lead(Operation operation) {
        String work = switch (operation) {
            case SCAN -> "Each server is scanned; nothing is changed.";
            case INSTALL -> "Each server is scanned, patched and scanned again until nothing approved is missing.";
        };
        return work + " A second mail brings the verdict when all of them are done.";
    }

    static String whom(PatchRequest request) {
        int count = request.servers().size();
        return count == 1 ? request.servers().get(0).value() : Wording.servers(count);
    }

    static String more(long count) {
        return count == 0 ? "" : "and " + Wording.count(count, "more server", "more servers");
    }
}
