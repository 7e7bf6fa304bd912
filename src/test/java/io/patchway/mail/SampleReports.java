package io.patchway.mail;

import io.patchway.patch.PackageKey;
import io.patchway.rollout.Rollout;
import io.patchway.run.ExecutionNumber;
import io.patchway.run.Operation;
import io.patchway.run.PatchChange;
import io.patchway.run.PatchChange.Outcome;
import io.patchway.run.PatchRequest;
import io.patchway.run.PatchRequest.WindowSpan;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RunId;
import io.patchway.run.RunNote;
import io.patchway.run.RunState;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Requests as they look to those who get the mails. */
final class SampleReports {
    static final Instant START = Instant.parse("2026-11-22T02:00:00Z");
    private static final AtomicLong NUMBERS = new AtomicLong(132456);

    private SampleReports() {}

    static PatchRequest request(Operation operation, List<String> servers, String... recipients) {
        return new PatchRequest(
                RequestId.next(),
                operation,
                RebootOption.IF_NEEDED,
                5,
                "window web-sunday",
                "Jürgen Müller",
                servers.stream().map(ServerId::new).toList(),
                Optional.of("web-baseline"),
                Optional.empty(),
                Optional.of("Yum Update"),
                List.of("kernel*", "nss*"),
                List.of(recipients),
                Optional.of(new WindowSpan(
                        "web-sunday", START, START.plus(Duration.ofMinutes(90)), START.plus(Duration.ofHours(2)))),
                Rollout.ALL_AT_ONCE,
                START);
    }

    /** Four servers: one needed three rounds, one failed, one waits for a reboot, one was busy. */
    static RequestReport mixed() {
        PatchRequest request = request(Operation.INSTALL, List.of("web-01", "web-02", "db-01", "batch-01"));
        return new RequestReport(
                request,
                Optional.of(START.plus(Duration.ofMinutes(41))),
                List.of(
                        run("web-01", RunState.SUCCEEDED, 3, 2, 38, Optional.empty(), threeRounds()),
                        run(
                                "web-02",
                                RunState.PARTIAL,
                                2,
                                0,
                                12,
                                Optional.of("dnf: error in PREIN scriptlet of rpm package httpd-2.4.57-8.el9"),
                                partly()),
                        run(
                                "db-01",
                                RunState.SUCCEEDED_REBOOT_PENDING,
                                1,
                                0,
                                6,
                                Optional.of("needs-restarting says that a reboot is needed, but none is allowed."),
                                List.of(change(1, "glibc", "2.34-100.el9", "2.34-108.el9", Outcome.INSTALLED, ""))),
                        new RunReport(
                                RunId.next(),
                                new ExecutionNumber(NUMBERS.incrementAndGet()),
                                new ServerId("batch-01"),
                                RunState.DEFERRED,
                                0,
                                0,
                                Optional.empty(),
                                Optional.of(START.plus(Duration.ofMinutes(30))),
                                Optional.of("Another run worked on this server until the window's cutoff."),
                                List.of(),
                                List.of())));
    }

    /** Two servers that did not return in time, one of which came back after the verdict. */
    static RequestReport returnedLate() {
        return new RequestReport(
                request(Operation.INSTALL, List.of("web-01", "web-02")),
                Optional.of(START.plus(Duration.ofMinutes(30))),
                List.of(
                        run("web-01", RunState.FAILED, 1, 0, 30, Optional.of("no return"), List.of()),
                        new RunReport(
                                RunId.next(),
                                new ExecutionNumber(NUMBERS.incrementAndGet()),
                                new ServerId("web-02"),
                                RunState.FAILED,
                                1,
                                0,
                                Optional.of(START),
                                Optional.of(START.plus(Duration.ofMinutes(30))),
                                Optional.of("no return"),
                                List.of(),
                                List.of(new RunNote(
                                        START.plus(Duration.ofMinutes(90)),
                                        RunState.FAILED,
                                        1,
                                        "returned late: back with a new boot id")))));
    }

    static RequestReport allGood(Operation operation, int servers) {
        List<String> names =
                IntStream.rangeClosed(1, servers).mapToObj(i -> "node-" + i).toList();
        return new RequestReport(
                request(operation, names),
                Optional.of(START.plus(Duration.ofMinutes(9))),
                names.stream()
                        .map(name -> run(name, RunState.SUCCEEDED, 1, 0, 9, Optional.empty(), List.of()))
                        .toList());
    }

    static RunReport run(
            String server,
            RunState state,
            int rounds,
            int reboots,
            int minutes,
            Optional<String> lastError,
            List<PatchChange> changes) {
        return new RunReport(
                RunId.next(),
                new ExecutionNumber(NUMBERS.incrementAndGet()),
                new ServerId(server),
                state,
                rounds,
                reboots,
                Optional.of(START),
                Optional.of(START.plus(Duration.ofMinutes(minutes)).plusSeconds(4)),
                lastError,
                changes,
                List.of());
    }

    private static List<PatchChange> threeRounds() {
        return List.of(
                change(
                        0,
                        "kernel",
                        "5.14.0-427.el9",
                        "5.14.0-503.el9",
                        Outcome.SKIPPED,
                        "The script package Yum Update leaves out kernel*."),
                change(1, "openssl", "1:3.0.7-27.el9", "1:3.0.7-28.el9", Outcome.INSTALLED, ""),
                change(1, "openssl-libs", "1:3.0.7-27.el9", "1:3.0.7-28.el9", Outcome.INSTALLED, ""),
                change(1, "systemd", "252-32.el9", "252-46.el9", Outcome.MISSING, ""),
                change(2, "systemd", "252-32.el9", "252-46.el9", Outcome.INSTALLED, ""),
                change(3, "dbus-broker", "28-7.el9", "28-9.el9", Outcome.INSTALLED, ""));
    }

    private static List<PatchChange> partly() {
        return List.of(
                change(1, "curl", "7.76.1-29.el9", "7.76.1-31.el9", Outcome.INSTALLED, ""),
                change(
                        2,
                        "httpd",
                        "2.4.57-5.el9",
                        "2.4.57-8.el9",
                        Outcome.FAILED,
                        "error in PREIN scriptlet: <script>alert('&')</script> exit status 1"),
                change(2, "httpd-tools", "2.4.57-5.el9", "2.4.57-8.el9", Outcome.MISSING, ""));
    }

    static PatchChange change(int round, String name, String before, String after, Outcome outcome, String reason) {
        return new PatchChange(
                round,
                new PackageKey(name, "x86_64"),
                Optional.of(before),
                after,
                outcome,
                "Security",
                "Important",
                List.of("RLSA-2026:1234"),
                List.of("CVE-2026-0001", "CVE-2026-0002", "CVE-2026-0003", "CVE-2026-0004", "CVE-2026-0005"),
                reason);
    }
}
