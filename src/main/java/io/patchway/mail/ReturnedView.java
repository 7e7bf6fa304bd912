package io.patchway.mail;

import io.patchway.run.AbsenceWatch;
import io.patchway.run.PatchRequest;
import io.patchway.run.RequestReport;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunNote;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the mail says that tells of servers which came back after the verdict.
 *
 * @param factLines the facts as lines of plain text
 * @param servers each server that is back, with the line of its time line that says so
 * @param serverLines the same as lines of plain text
 */
record ReturnedView(
        String subject,
        String title,
        String lead,
        Tone tone,
        List<Fact> facts,
        List<String> factLines,
        List<ServerLine> servers,
        List<String> serverLines)
        implements MailView {

    /** One server and when it was seen again. */
    record ServerLine(String server, String text) {}

    static ReturnedView of(RequestReport report) {
        PatchRequest request = report.request();
        List<Fact> facts = Fact.of(request);
        List<ServerLine> servers =
                report.runs().stream().flatMap(ReturnedView::line).toList();
        String whom = servers.size() == 1 ? servers.get(0).server() : Wording.servers(servers.size());
        return new ReturnedView(
                "Patchway: " + whom + " returned late (" + ShortId.of(request.id()) + ")",
                whom + " returned late",
                "No answer came within the deadline after the reboot command, and the verdict said so. The verdict"
                        + " stays; the next scan tells what is installed.",
                Tone.CAUTION,
                facts,
                Fact.lines(facts),
                servers,
                PlainText.table(servers.stream()
                        .map(line -> List.of(line.server(), line.text()))
                        .toList()));
    }

    private static Stream<ServerLine> line(RunReport run) {
        return run.notes().stream()
                .filter(note -> note.text().startsWith(AbsenceWatch.RETURNED))
                .map(note -> new ServerLine(run.server().value(), text(note)));
    }

    private static String text(RunNote note) {
        return Wording.of(note.at()) + ": " + note.text();
    }
}
