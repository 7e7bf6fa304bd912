package io.patchway.store;

import io.patchway.rollout.Stages;
import io.patchway.run.PatchRequest;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport;
import io.patchway.run.RunLedger;
import io.patchway.run.RunMemory;
import io.patchway.run.ServerRun;
import io.patchway.run.ServerStanding;
import io.patchway.run.Transition;
import io.patchway.run.Webhook;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The run ledger in a database. Thread-safe; any number of nodes may share the database. */
public final class SqlRunLedger implements RunLedger {
    private final Acceptances acceptances;
    private final Claims claims;
    private final Steps steps;
    private final Reports reports;

    /**
     * The ledger of a node that is alone.
     *
     * @param mailDomain the right side of the Message-IDs of all mails, such as {@code patch.example.org}
     */
    public SqlRunLedger(Database database, String mailDomain) {
        this(database, mailDomain, List.of(), "node-1");
    }

    /**
     * @param webhooks who is told of requests besides the recipients of their mails
     * @param node the name of this node in the audit log
     */
    public SqlRunLedger(Database database, String mailDomain, List<Webhook> webhooks, String node) {
        OutboxRows outbox = new OutboxRows(mailDomain, List.copyOf(webhooks));
        AuditRows audit = new AuditRows(node);
        this.acceptances = new Acceptances(database, outbox, audit);
        this.claims = new Claims(database);
        this.steps = new Steps(database, outbox, audit);
        this.reports = new Reports(database);
    }

    @Override
    public Acceptance accept(PatchRequest request, Stages stages, Optional<String> fingerprint) {
        return acceptances.accept(request, stages, fingerprint);
    }

    @Override
    public Optional<Acceptance> findByFingerprint(String fingerprint) {
        return acceptances.findByFingerprint(fingerprint);
    }

    @Override
    public List<Claim> claimDue(String node, int limit, Duration lease, Instant now) {
        return claims.claimDue(node, limit, lease, now);
    }

    @Override
    public void renew(Set<Claim> renewed, Duration lease, Instant now) {
        claims.renew(renewed, lease, now);
    }

    @Override
    public Optional<Claim> takeUp(Claim claim, String node, Duration lease, Instant now) {
        return claims.takeUp(claim, node, lease, now);
    }

    @Override
    public void giveBack(Set<Claim> returned, Instant now) {
        claims.giveBack(returned, now);
    }

    @Override
    public int giveBackAll(String node, Instant now) {
        return claims.giveBackAll(node, now);
    }

    @Override
    public Set<Claim> claimsOf(String node) {
        return claims.claimsOf(node);
    }

    @Override
    public Set<Claim> held(Set<Claim> asked) {
        return claims.held(asked);
    }

    @Override
    public Optional<ServerRun> load(Claim claim) {
        return steps.load(claim);
    }

    @Override
    public boolean holds(Claim claim) {
        return claims.holds(claim);
    }

    @Override
    public boolean occupy(ServerId server, Claim claim) {
        return steps.occupy(server, claim);
    }

    @Override
    public boolean remember(Claim claim, RunMemory memory) {
        return steps.remember(claim, memory);
    }

    @Override
    public boolean commit(Claim claim, Transition transition, Instant now) {
        return steps.commit(claim, transition, Optional.empty(), now);
    }

    @Override
    public Optional<Claim> commitAndKeep(Claim claim, Transition transition, String node, Duration lease, Instant now) {
        boolean committed = steps.commit(claim, transition, Optional.of(new Lease(node, now.plus(lease))), now);
        return committed ? Optional.of(new Claim(claim.run(), claim.fence() + 1)) : Optional.empty();
    }

    @Override
    public Optional<RequestReport> report(RequestId id) {
        return reports.report(id, Integer.MAX_VALUE);
    }

    @Override
    public Optional<RequestReport> report(RequestId id, int detailedRuns) {
        return reports.report(id, detailedRuns);
    }

    @Override
    public List<RequestReport> newest(int limit) {
        return reports.newest(limit);
    }

    @Override
    public boolean abandon(Claim claim, String reason, Instant now) {
        return steps.abandon(claim, reason, now);
    }

    @Override
    public boolean othersAreOpen(ServerRun run, Instant patience) {
        return reports.othersAreOpen(run, patience);
    }

    @Override
    public int openRuns() {
        return reports.openRuns();
    }

    @Override
    public List<Duration> installTimes(ServerId server, int most) {
        return reports.installTimes(server, most);
    }

    @Override
    public ServerStanding standing(ServerId server) {
        return steps.standing(server);
    }

    @Override
    public Optional<Instant> nextDue() {
        return claims.nextDue();
    }
}
