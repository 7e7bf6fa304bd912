package io.patchway.mail;

import io.patchway.run.ExecutionIds;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.RequestReport;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunState;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the mail says that brings the verdict. Servers that did not succeed come first.
 *
 * @param counts how many servers ended how
 * @param details what happened on each described server
 * @param overviewLines the described servers as lines of plain text
 * @param more how many servers are not described, in words; empty when all are
 */
record VerdictView(
        String subject,
        String title,
        String lead,
        Tone tone,
        List<Count> counts,
        List<Fact> facts,
        List<String> factLines,
        List<ServerDetail> details,
        List<String> overviewLines,
        String more)
        implements MailView {

    private static final Comparator<RunReport> TROUBLE_FIRST =
            Comparator.comparing(run -> run.state() == RunState.SUCCEEDED);

    /** How many servers ended in one way. */
    record Count(long number, String word, Tone tone) {}

    static VerdictView of(RequestReport report, ExecutionIds ids) {
        PatchRequest request = report.request();
        List<ServerDetail> details = report.runs().stream()
                .sorted(TROUBLE_FIRST)
                .limit(MailComposer.DESCRIBED_SERVERS)
                .map(run -> ServerDetail.of(run, ids.of(run.number()), request.operation()))
                .toList();
        List<Fact> facts = Fact.of(request);
        String verdict = verdict(report);
        return new VerdictView(
                "Patchway: " + Wording.of(request.operation()) + " " + verdict + " (" + ShortId.of(request.id()) + ")",
                (request.operation() == Operation.SCAN ? "Scan " : "Install ") + verdict,
                lead(report),
                tone(report),
                counts(report),
                facts,
                Fact.lines(facts),
                details,
                overview(details),
                RequestedView.more(report.runs().size() - details.size()));
    }

    private static String verdict(RequestReport report) {
        int all = report.runs().size();
        String only = report.request().servers().get(0).value();
        if (report.succeeded()) {
            return "succeeded on " + (all == 1 ? only : "all " + Wording.servers(all));
        }
        return "did not succeed on " + (all == 1 ? only : unsuccessful(report) + " of " + Wording.servers(all));
    }

    private static long unsuccessful(RequestReport report) {
        return report.runs().stream()
                .filter(run -> run.state() != RunState.SUCCEEDED)
                .count();
    }

    private static String lead(RequestReport report) {
        long reboots = report.runs().stream().mapToLong(RunReport::reboots).sum();
        String took = report.endedAt()
                .map(end -> Duration.between(report.request().acceptedAt(), end))
                .map(duration -> "Done " + Wording.of(duration) + " after the request was accepted, ")
                .orElse("So far ");
        return took
                + (reboots == 0 ? "without a reboot." : "with " + Wording.count(reboots, "reboot", "reboots") + ".");
    }

    private static Tone tone(RequestReport report) {
        return report.runs().stream()
                .map(run -> Tone.of(run.state()))
                .max(Comparator.comparing(tone -> tone == Tone.CALM ? Tone.GOOD : tone))
                .orElse(Tone.CALM);
    }

    private static List<Count> counts(RequestReport report) {
        Map<RunState, Long> numbers = report.runs().stream()
                .collect(Collectors.groupingBy(
                        RunReport::state, () -> new EnumMap<>(RunState.class), Collectors.counting()));
        return numbers.entrySet().stream()
                .map(entry -> new Count(entry.getValue(), Wording.of(entry.getKey()), Tone.of(entry.getKey())))
                .toList();
    }

    private static List<String> overview(List<ServerDetail> details) {
        List<String> head = List.of("Server", "Result", "Rounds", "Reboots", "Took", "Execution id");
        Stream<List<String>> rows = details.stream()
                .map(detail -> List.of(
                        detail.server(),
                        detail.result(),
                        String.valueOf(detail.rounds()),
                        String.valueOf(detail.reboots()),
                        detail.took(),
                        detail.executionId()));
        return PlainText.table(Stream.concat(Stream.of(head), rows).toList());
    }
}
