package io.patchway.run;

import io.patchway.rollout.Stages;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run ledger for route tests; forgets everything with the process. */
public class InMemoryRunLedger implements RunLedger {
    private final Map<RunId, Row> rows = new LinkedHashMap<>();
    private final Map<String, Acceptance> fingerprints = new HashMap<>();
    private final Map<ServerId, RunId> occupied = new HashMap<>();
    private final Map<ServerId, List<Duration>> installTimes = new HashMap<>();
    private final Map<RequestId, PatchRequest> requests = new LinkedHashMap<>();
    private final Map<ServerId, ServerStanding> standings = new HashMap<>();
    private long lastNumber = 100_000;

    private static final class Row {
        final ExecutionNumber number;
        ServerRun run;
        Instant dueAt = Instant.EPOCH;
        Instant leaseUntil = Instant.EPOCH;
        String leasedBy = "";
        Optional<Instant> endedAt = Optional.empty();
        final List<PatchChange> changes = new ArrayList<>();
        final List<RunNote> notes = new ArrayList<>();

        Row(ExecutionNumber number, ServerRun run) {
            this.number = number;
            this.run = run;
        }

        void giveBack() {
            run = copy(run, run.fence() + 1);
            leaseUntil = Instant.EPOCH;
            leasedBy = "";
        }
    }

    @Override
    public synchronized Acceptance accept(PatchRequest request, Stages stages, Optional<String> fingerprint) {
        Optional<Acceptance> earlier = fingerprint.flatMap(this::findByFingerprint);
        if (earlier.isPresent()) {
            return new Acceptance(earlier.get().request(), earlier.get().runs(), true);
        }
        requests.put(request.id(), request);
        List<QueuedRun> queued = request.servers().stream()
                .map(server -> new QueuedRun(server, RunId.next(), new ExecutionNumber(++lastNumber)))
                .toList();
        queued.forEach(each -> rows.put(
                each.run(),
                new Row(
                        each.number(),
                        new ServerRun(
                                each.run(),
                                request,
                                each.server(),
                                RunState.QUEUED,
                                0,
                                0,
                                request.acceptedAt(),
                                Optional.empty(),
                                RunMemory.fresh(),
                                Clearance.CLEARED))));
        Acceptance acceptance = new Acceptance(request.id(), queued, false);
        fingerprint.ifPresent(print -> fingerprints.put(print, acceptance));
        return acceptance;
    }

    @Override
    public synchronized Optional<Acceptance> findByFingerprint(String fingerprint) {
        return Optional.ofNullable(fingerprints.get(fingerprint));
    }

    @Override
    public synchronized List<Claim> claimDue(String node, int limit, Duration lease, Instant now) {
        return rows.values().stream()
                .filter(row -> !row.run.state().ended() && !row.dueAt.isAfter(now) && !row.leaseUntil.isAfter(now))
                .limit(limit)
                .map(row -> {
                    row.leaseUntil = now.plus(lease);
                    row.leasedBy = node;
                    row.run = copy(row.run, row.run.fence() + 1);
                    return new Claim(row.run.id(), row.run.fence());
                })
                .toList();
    }

    @Override
    public synchronized ServerStanding standing(ServerId server) {
        return standings.getOrDefault(server, ServerStanding.UNKNOWN);
    }

    @Override
    public synchronized void renew(Set<Claim> claims, Duration lease, Instant now) {
        claims.stream().filter(this::holds).forEach(claim -> rows.get(claim.run()).leaseUntil = now.plus(lease));
    }

    @Override
    public synchronized Optional<Claim> takeUp(Claim claim, String node, Duration lease, Instant now) {
        if (!holds(claim)) {
            return Optional.empty();
        }
        Row row = rows.get(claim.run());
        row.leaseUntil = now.plus(lease);
        row.leasedBy = node;
        row.run = copy(row.run, row.run.fence() + 1);
        return Optional.of(new Claim(row.run.id(), row.run.fence()));
    }

    @Override
    public synchronized void giveBack(Set<Claim> claims, Instant now) {
        claims.stream().filter(this::holds).map(claim -> rows.get(claim.run())).forEach(Row::giveBack);
    }

    @Override
    public synchronized int giveBackAll(String node, Instant now) {
        List<Row> leased =
                rows.values().stream().filter(row -> row.leasedBy.equals(node)).toList();
        leased.forEach(Row::giveBack);
        return leased.size();
    }

    @Override
    public synchronized Set<Claim> claimsOf(String node) {
        return rows.values().stream()
                .filter(row -> row.leasedBy.equals(node))
                .map(row -> new Claim(row.run.id(), row.run.fence()))
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized Set<Claim> held(Set<Claim> claims) {
        return claims.stream().filter(this::holds).collect(Collectors.toSet());
    }

    @Override
    public synchronized Optional<ServerRun> load(Claim claim) {
        return holds(claim) ? Optional.of(rows.get(claim.run()).run) : Optional.empty();
    }

    @Override
    public synchronized boolean holds(Claim claim) {
        return rows.get(claim.run()).run.fence() == claim.fence();
    }

    @Override
    public synchronized boolean occupy(ServerId server, Claim claim) {
        RunId run = claim.run();
        return occupied.computeIfAbsent(server, free -> run).equals(run);
    }

    /** Calls a run back, as a rollout does. */
    public synchronized void cancel(RunId id, String reason) {
        Row row = rows.get(id);
        ServerRun run = row.run;
        row.run = new ServerRun(
                run.id(),
                run.request(),
                run.server(),
                run.state(),
                run.round(),
                run.fence(),
                run.stateSince(),
                run.deadline(),
                run.memory(),
                new Clearance(Clearance.Kind.CANCELLED, reason));
    }

    @Override
    public synchronized boolean remember(Claim claim, RunMemory memory) {
        if (!holds(claim)) {
            return false;
        }
        Row row = rows.get(claim.run());
        row.run = row.run.remembering(memory);
        return true;
    }

    @Override
    public synchronized boolean commit(Claim claim, Transition transition, Instant now) {
        if (!holds(claim)) {
            return false;
        }
        Row row = rows.get(claim.run());
        boolean moved = transition.next() != row.run.state();
        row.run = new ServerRun(
                row.run.id(),
                row.run.request(),
                row.run.server(),
                transition.next(),
                transition.round(),
                row.run.fence() + 1,
                moved ? now : row.run.stateSince(),
                transition.deadline(),
                transition.memory(),
                row.run.clearance());
        row.dueAt = transition.dueAt();
        row.leaseUntil = Instant.EPOCH;
        row.leasedBy = "";
        transition
                .note()
                .ifPresent(text -> row.notes.add(new RunNote(now, transition.next(), transition.round(), text)));
        transition.changes().forEach(change -> {
            row.changes.removeIf(old -> old.round() == change.round()
                    && old.key().equals(change.key())
                    && old.after().equals(change.after()));
            row.changes.add(change);
        });
        transition
                .scan()
                .flatMap(ScanRecord::occasion)
                .ifPresent(occasion -> standings.put(row.run.server(), occasion.standing()));
        if (transition.next().ended()) {
            row.endedAt = Optional.of(now);
            occupied.remove(row.run.server(), row.run.id());
        }
        return true;
    }

    @Override
    public synchronized Optional<Claim> commitAndKeep(
            Claim claim, Transition transition, String node, Duration lease, Instant now) {
        if (!commit(claim, transition, now)) {
            return Optional.empty();
        }
        Row row = rows.get(claim.run());
        row.leaseUntil = now.plus(lease);
        row.leasedBy = node;
        return Optional.of(new Claim(claim.run(), row.run.fence()));
    }

    @Override
    public synchronized Optional<RequestReport> report(RequestId id) {
        return Optional.ofNullable(requests.get(id)).map(request -> {
            List<Row> own = rows.values().stream()
                    .filter(row -> row.run.request().id().equals(id))
                    .toList();
            boolean ended = own.stream().allMatch(row -> row.run.state().ended());
            Optional<Instant> endedAt = ended
                    ? own.stream().flatMap(row -> row.endedAt.stream()).max(Comparator.naturalOrder())
                    : Optional.empty();
            return new RequestReport(
                    request,
                    endedAt,
                    own.stream().map(InMemoryRunLedger::report).toList());
        });
    }

    @Override
    public Optional<RequestReport> report(RequestId id, int detailedRuns) {
        return report(id);
    }

    @Override
    public synchronized List<RequestReport> newest(int limit) {
        return requests.keySet().stream()
                .flatMap(id -> report(id).stream())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean abandon(Claim claim, String reason, Instant now) {
        ServerRun run = rows.get(claim.run()).run;
        return commit(
                claim, Transition.to(RunState.UNKNOWN, run, run.memory().failedAttempt(reason), now, reason), now);
    }

    @Override
    public synchronized boolean othersAreOpen(ServerRun run, Instant patience) {
        return rows.values().stream()
                .map(row -> row.run)
                .filter(other -> other.request().id().equals(run.request().id()))
                .anyMatch(
                        other -> !other.id().equals(run.id()) && !other.state().ended());
    }

    @Override
    public synchronized int openRuns() {
        return (int)
                rows.values().stream().filter(row -> !row.run.state().ended()).count();
    }

    /** Lets a server have a history of runs that took so long. */
    public synchronized void hasTaken(ServerId server, List<Duration> times) {
        installTimes.put(server, times);
    }

    @Override
    public synchronized List<Duration> installTimes(ServerId server, int most) {
        return installTimes.getOrDefault(server, List.of()).stream().limit(most).toList();
    }

    @Override
    public synchronized Optional<Instant> nextDue() {
        return rows.values().stream()
                .filter(row -> !row.run.state().ended())
                .map(row -> row.dueAt)
                .min(Comparator.naturalOrder());
    }

    /** All requests that were accepted, in order. */
    public synchronized List<PatchRequest> accepted() {
        return List.copyOf(requests.values());
    }

    private static RequestReport.RunReport report(Row row) {
        return new RequestReport.RunReport(
                row.run.id(),
                row.number,
                row.run.server(),
                row.run.state(),
                row.run.round(),
                row.run.memory().reboots(),
                Stream.of(row.notes)
                        .filter(notes -> !notes.isEmpty())
                        .map(notes -> notes.get(0).at())
                        .findFirst(),
                row.endedAt,
                row.run.memory().lastError(),
                row.changes,
                row.notes);
    }

    /** From now on nothing new is to be begun for the request. */
    public synchronized void cancel(RequestId request, String reason) {
        rows.values().stream()
                .filter(row -> row.run.request().id().equals(request))
                .forEach(row -> row.run = new ServerRun(
                        row.run.id(),
                        row.run.request(),
                        row.run.server(),
                        row.run.state(),
                        row.run.round(),
                        row.run.fence(),
                        row.run.stateSince(),
                        row.run.deadline(),
                        row.run.memory(),
                        new Clearance(Clearance.Kind.CANCELLED, reason)));
    }

    private static ServerRun copy(ServerRun run, long fence) {
        return new ServerRun(
                run.id(),
                run.request(),
                run.server(),
                run.state(),
                run.round(),
                fence,
                run.stateSince(),
                run.deadline(),
                run.memory(),
                run.clearance());
    }
}
