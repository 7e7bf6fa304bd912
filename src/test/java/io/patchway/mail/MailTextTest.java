package io.patchway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.faults.Survives;
import io.patchway.run.ExecutionIds;
import io.patchway.run.Operation;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.RequestReport;
import io.patchway.run.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailTextTest {
    private static final ExecutionIds IDS = new ExecutionIds("UC1");

    @TempDir
    Path folder;

    @Test
    void theConfirmationSaysWhoAskedForWhatOnWhichServers() {
        RequestReport report = SampleReports.mixed();
        RequestedView view = RequestedView.of(report, IDS);

        assertThat(view.subject())
                .isEqualTo("Patchway: install requested for 4 servers ("
                        + ShortId.of(report.request().id()) + ")");
        assertThat(text("requested", view).lines())
                .startsWith("Install requested for 4 servers")
                .contains(
                        "  Requested by        Jürgen Müller",
                        "  Came in by          window web-sunday",
                        "  Accepted            2026-11-22 02:00 UTC",
                        "  Patch baseline      web-baseline",
                        "  Script package      Yum Update",
                        "  Left out            kernel*, nss*",
                        "  Reboot              when a server needs it",
                        "  Rounds              at most 5",
                        "  Maintenance window  web-sunday",
                        "  Open                2026-11-22 02:00 UTC to 2026-11-22 04:00 UTC",
                        "  Last start          2026-11-22 03:30 UTC",
                        "  Request id          " + report.request().id(),
                        "  web-01    " + IDS.of(report.runs().get(0).number()),
                        "  batch-01  " + IDS.of(report.runs().get(3).number()));
    }

    @Test
    void theVerdictNamesWhatDidNotSucceedFirst() {
        RequestReport report = SampleReports.mixed();
        VerdictView view = VerdictView.of(report, IDS);

        assertThat(view.subject())
                .isEqualTo("Patchway: install did not succeed on 3 of 4 servers ("
                        + ShortId.of(report.request().id()) + ")");
        assertThat(view.details())
                .extracting(ServerDetail::server)
                .containsExactly("web-02", "db-01", "batch-01", "web-01");
        assertThat(text("verdict", view).lines())
                .startsWith("Install did not succeed on 3 of 4 servers")
                .contains(
                        "Done 41 min 0 s after the request was accepted, with 2 reboots.",
                        "  Server    Result          Rounds  Reboots  Took         Execution id",
                        "  web-01    succeeded       3       2        38 min 4 s   "
                                + IDS.of(report.runs().get(0).number()),
                        "  batch-01  deferred        0       0        not started  "
                                + IDS.of(report.runs().get(3).number()),
                        "web-02: partial",
                        "  2 rounds, 0 reboots, 12 min 4 s",
                        "  1 patch failed",
                        "      httpd.x86_64  2.4.57-5.el9 → 2.4.57-8.el9",
                        "  1 patch still missing",
                        "  4 patches installed",
                        "      openssl.x86_64       1:3.0.7-27.el9 → 1:3.0.7-28.el9",
                        "          RLSA-2026:1234 · Important · CVE-2026-0001, CVE-2026-0002, CVE-2026-0003,",
                        "          CVE-2026-0004, CVE-2026-0005",
                        "  1 patch skipped",
                        "          The script package Yum Update leaves out kernel*.")
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void aPatchThatWasInstalledInALaterRoundIsNotCalledMissing() {
        ServerDetail detail =
                VerdictView.of(SampleReports.mixed(), IDS).details().get(3);

        assertThat(detail.groups())
                .extracting(ChangeGroup::title)
                .containsExactly("4 patches installed", "1 patch skipped");
    }

    @Test
    void aVerdictWithoutTroubleSaysSucceeded() {
        VerdictView all = VerdictView.of(SampleReports.allGood(Operation.INSTALL, 3), IDS);
        VerdictView one = VerdictView.of(SampleReports.allGood(Operation.SCAN, 1), IDS);

        assertThat(all.title()).isEqualTo("Install succeeded on all 3 servers");
        assertThat(all.tone()).isEqualTo(Tone.GOOD);
        assertThat(one.title()).isEqualTo("Scan succeeded on node-1");
        assertThat(one.subject()).startsWith("Patchway: scan succeeded on node-1 (");
    }

    @Test
    void aScanListsWhatIsApprovedAndMissing() {
        RequestReport report = new RequestReport(
                SampleReports.request(Operation.SCAN, List.of("web-01")),
                Optional.of(SampleReports.START),
                List.of(SampleReports.run(
                        "web-01",
                        RunState.SUCCEEDED,
                        0,
                        0,
                        1,
                        Optional.empty(),
                        List.of(SampleReports.change(0, "curl", "1-1", "1-2", Outcome.MISSING, "")))));

        assertThat(text("verdict", VerdictView.of(report, IDS)).lines()).contains("  1 patch approved and missing");
    }

    @Test
    @Survives(23)
    void whatServersSayIsEscapedInHtml() {
        String html = html("verdict", VerdictView.of(SampleReports.mixed(), IDS));

        assertThat(html)
                .contains("&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;")
                .doesNotContain("<script");
    }

    @Test
    void aHugeRequestIsDescribedInPartAndCountedInFull() {
        VerdictView view = VerdictView.of(SampleReports.allGood(Operation.INSTALL, 10_000), IDS);

        assertThat(view.title()).isEqualTo("Install succeeded on all 10,000 servers");
        assertThat(view.details()).hasSize(200);
        assertThat(text("verdict", view)).contains("and 9,800 more servers").hasSizeLessThan(200_000);
        assertThat(text("requested", RequestedView.of(SampleReports.allGood(Operation.INSTALL, 10_000), IDS)))
                .contains("and 9,800 more servers");
    }

    @Test
    void manyPatchesAndManyCvesAreCutWithTheirNumber() {
        List<String> cves =
                IntStream.range(0, 300).mapToObj(i -> "CVE-2026-" + i).toList();
        List<PatchChange> changes = IntStream.range(0, 500)
                .mapToObj(i -> {
                    PatchChange change = SampleReports.change(1, "package-" + i, "1-1", "1-2", Outcome.INSTALLED, "");
                    return new PatchChange(
                            1,
                            change.key(),
                            change.before(),
                            "1-2",
                            Outcome.INSTALLED,
                            "Security",
                            "None",
                            List.of(),
                            cves,
                            "");
                })
                .toList();

        ChangeGroup group = ChangeGroup.of(Outcome.INSTALLED, Operation.INSTALL, changes);

        assertThat(group.title()).isEqualTo("500 patches installed");
        assertThat(group.patches()).hasSize(100);
        assertThat(group.more()).isEqualTo("and 400 more patches");
        assertThat(group.patches().get(0).notices())
                .startsWith("CVE-2026-0, CVE-2026-1,")
                .endsWith(" and 288 more");
    }

    @Test
    @Survives(2)
    void theMailAboutServersThatReturnedLateNamesThoseAndNoOthers() {
        RequestReport report = SampleReports.returnedLate();
        ReturnedView view = ReturnedView.of(report);

        assertThat(view.subject())
                .isEqualTo("Patchway: web-02 returned late ("
                        + ShortId.of(report.request().id()) + ")");
        assertThat(text("returned", view).lines())
                .startsWith("web-02 returned late")
                .contains("  web-02  2026-11-22 03:30 UTC: returned late: back with a new boot id")
                .noneMatch(line -> line.contains("web-01"));
        assertThat(html("returned", view))
                .contains("web-02", "returned late: back")
                .doesNotContain("web-01");
    }

    @Test
    void theOperatorsTemplateIsUsed() throws Exception {
        Files.writeString(folder.resolve("verdict.txt.mustache"), "Ours: {{title}}");

        assertThat(text("verdict", VerdictView.of(SampleReports.allGood(Operation.SCAN, 1), IDS)))
                .isEqualTo("Ours: Scan succeeded on node-1");
    }

    @Test
    void aBrokenTemplateIsReplacedByTheOneThatShips() throws Exception {
        Files.writeString(folder.resolve("verdict.txt.mustache"), "{{title}}\n{{titel}}");
        Files.writeString(folder.resolve("verdict.html.mustache"), "{{#details}}");
        VerdictView view = VerdictView.of(SampleReports.allGood(Operation.SCAN, 1), IDS);

        assertThat(text("verdict", view)).startsWith("Scan succeeded on node-1").contains("Sent by Patchway");
        assertThat(html("verdict", view)).contains("<h1").contains("Scan succeeded on node-1");
    }

    private String text(String template, MailView view) {
        return new MailTemplates(folder).render(template + ".txt", view);
    }

    private String html(String template, MailView view) {
        return new MailTemplates(folder).render(template + ".html", view);
    }
}
