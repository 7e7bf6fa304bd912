package io.patchway.whole;

import io.patchway.run.RequestReport;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunState;
import io.patchway.whole.SimulatedFleet.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What came of a drill.
 *
 * @param runs server runs in the ledger
 * @param installs install commands that the hosts got, repeated ones counted as well
 * @param repeatedInstalls those that came for an install which the host had been told to do before
 * @param reboots reboot commands that the hosts got, repeated ones counted as well
 * @param repeatedReboots those that came for a boot which the host had been told to end before
 * @param losses what was lost, doubled or mixed up besides; empty when all is well
 * @param mails different mails that arrived
 * @param mailsTwice mails that came twice with the same Message-ID, because a hand-over was cut off
 */
record DrillOutcome(
        int runs,
        int installs,
        List<Received> repeatedInstalls,
        int reboots,
        List<Received> repeatedReboots,
        List<String> losses,
        int mails,
        int mailsTwice) {

    static DrillOutcome of(List<RequestReport> reports, int requests, SimulatedFleet fleet, List<ReceivedMail> mails) {
        List<String> losses = new ArrayList<>();
        if (reports.size() != requests) {
            losses.add("%d requests were made, %d were accepted".formatted(requests, reports.size()));
        }
        List<RunReport> runs =
                reports.stream().flatMap(report -> report.runs().stream()).toList();
        runs.stream().filter(run -> !isWhole(run)).forEach(run -> losses.add("lost: " + run));
        if (runs.size() != fleet.names().size()) {
            losses.add("%d hosts, but %d runs".formatted(fleet.names().size(), runs.size()));
        }
        count(
                fleet.names(),
                SimulatedFleet.differentPerHost(fleet.installs()),
                SimulatedFleet.ROUNDS,
                "installs",
                losses);
        count(
                fleet.names(),
                SimulatedFleet.differentPerHost(fleet.reboots()),
                SimulatedFleet.ROUNDS - 1,
                "reboots",
                losses);
        reports.forEach(report -> checkMails(report.request().id().toString(), mails, losses));
        int different = (int) mails.stream().distinct().count();
        return new DrillOutcome(
                runs.size(),
                fleet.installs().size(),
                SimulatedFleet.repeated(fleet.installs()),
                fleet.reboots().size(),
                SimulatedFleet.repeated(fleet.reboots()),
                List.copyOf(losses),
                different,
                mails.size() - different);
    }

    private static boolean isWhole(RunReport run) {
        return run.state() == RunState.SUCCEEDED
                && run.rounds() == SimulatedFleet.ROUNDS
                && run.reboots() == SimulatedFleet.ROUNDS - 1;
    }

    /** Each round is an operation of its own and each reboot ends a boot of its own, so their number is known. */
    private static void count(
            List<String> hosts, Map<String, Long> counted, long expected, String what, List<String> losses) {
        hosts.stream()
                .filter(host -> counted.getOrDefault(host, 0L) != expected)
                .forEach(host -> losses.add(
                        "%s: %d %s instead of %d".formatted(host, counted.getOrDefault(host, 0L), what, expected)));
    }

    private static void checkMails(String request, List<ReceivedMail> mails, List<String> losses) {
        List<ReceivedMail> own =
                mails.stream().filter(mail -> mail.isOf(request)).distinct().toList();
        boolean asPromised =
                own.size() == 2 && !own.get(0).isVerdict() && own.get(1).isVerdict();
        if (!asPromised) {
            losses.add("request %s: instead of two mails in their order: %s".formatted(request, own));
        }
        int verdict = mails.indexOf(own.getLast());
        IntStream.range(verdict, mails.size())
                .filter(index ->
                        mails.get(index).isOf(request) && !mails.get(index).isVerdict())
                .forEach(index -> losses.add("request %s: confirmed after its verdict".formatted(request)));
    }

    /** The figures, one a line. */
    String text() {
        return """
            server runs %d, installs %d (repeated commands %d), reboots %d (repeated commands %d)
            mails %d (%d of them twice, with the same Message-ID)
            lost or doubled: %s
            """.formatted(
                        runs,
                        installs,
                        repeatedInstalls.size(),
                        reboots,
                        repeatedReboots.size(),
                        mails,
                        mailsTwice,
                        losses.isEmpty() ? "nothing" : String.join("\n  ", losses));
    }
}
