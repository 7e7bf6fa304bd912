package io.patchway.run;

import io.patchway.rollout.Rollout;
import io.patchway.rollout.Stages;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The only memory of the pipeline: one row per server run. Any number of nodes may share it.
 *
 * <p>Every call is one transaction. What it returns has been committed.
 */
public interface RunLedger {

    /** {@link #accept(PatchRequest, Stages, Optional)} with all servers in one stage. */
    default Acceptance accept(PatchRequest request, Optional<String> fingerprint) {
        return accept(request, Stages.of(Rollout.ALL_AT_ONCE, request.servers(), server -> List.of()), fingerprint);
    }

    /**
     * Records a request, one queued run for each of its servers, and the mail that confirms it; or nothing when a
     * request with the same fingerprint was accepted before.
     *
     * @param stages which server has its turn when
     * @param fingerprint identity of the request's content and sender; equal fingerprints are one request. Empty: the
     *     request is always new
     * @return the runs in the order of the request's servers, of this request or of the earlier one
     * @throws ServersBusyException when it is about machines and some of the servers are being worked on
     */
    Acceptance accept(PatchRequest request, Stages stages, Optional<String> fingerprint);

    /** The acceptance that {@link #accept} recorded under this fingerprint. */
    Optional<Acceptance> findByFingerprint(String fingerprint);

    /**
     * Claims due runs for a node: not ended, due, and not leased to anybody, the longest due first. Each claim makes
     * the fence grow.
     *
     * @param limit free places of the node; nothing is claimed that cannot start now
     */
    List<Claim> claimDue(String node, int limit, Duration lease, Instant now);

    /** Prolongs the leases of claims that are still being worked on. Claims that were lost are passed over. */
    void renew(Set<Claim> claims, Duration lease, Instant now);

    /**
     * Makes a claim that another node may have made this node's own. The fence grows, so a claim can be taken up once,
     * however often its ticket was delivered.
     *
     * @return the claim that counts from now on; empty when it was lost
     */
    Optional<Claim> takeUp(Claim claim, String node, Duration lease, Instant now);

    /** What was remembered of a server by the last scan that was committed. */
    ServerStanding standing(ServerId server);

    /** Gives claims back, which are due again at once and count no more. Claims that were lost are passed over. */
    void giveBack(Set<Claim> claims, Instant now);

    /**
     * Gives all claims of a node back: those of an earlier life that ended without a farewell, or the last ones of a
     * node that stops. Whoever still works on one of them has lost it.
     *
     * @return how many there were
     */
    int giveBackAll(String node, Instant now);

    /** What a node has claimed and not given back, by the ledger. */
    Set<Claim> claimsOf(String node);

    /** Those of the claims that still count. */
    Set<Claim> held(Set<Claim> claims);

    /**
     * The run as it stands; empty when the fence has moved on, and the caller has lost it.
     *
     * @throws UnreadableRun when what is stored about it makes no sense
     */
    Optional<ServerRun> load(Claim claim);

    /** Whether the claim still counts; asked just before an effect. */
    boolean holds(Claim claim);

    /**
     * Makes this run the only one that works on the server.
     *
     * @return false when another run does, or when the claim was lost
     */
    boolean occupy(ServerId server, Claim claim);

    /**
     * Commits what a step is about to do before it does it. The claim stays as it is.
     *
     * @return false when the claim was lost; then nothing was changed
     */
    boolean remember(Claim claim, RunMemory memory);

    /**
     * Commits a step: state, memory, note, changes and scan, and gives the claim back, which counts no more from then
     * on. A final state frees the server; the last final state of a request ends the request and records the verdict
     * mail.
     *
     * @return false when the claim was lost; then nothing was changed
     */
    boolean commit(Claim claim, Transition transition, Instant now);

    /**
     * Commits a step as {@link #commit} does, but keeps the claim for the next step, which is due now.
     *
     * @return the claim that counts from now on; empty when the claim was lost: then nothing was changed
     */
    Optional<Claim> commitAndKeep(Claim claim, Transition transition, String node, Duration lease, Instant now);

    /** Everything recorded about a request. */
    Optional<RequestReport> report(RequestId id);

    /**
     * Everything recorded about a request, but changes and notes of only so many runs: those that did not succeed come
     * first. The other runs are there without them.
     */
    Optional<RequestReport> report(RequestId id, int detailedRuns);

    /** Reports of the newest requests, newest first, each with changes and notes of at most 100 runs. */
    List<RequestReport> newest(int limit);

    /**
     * Ends a run that cannot be read: its verdict is UNKNOWN, and everything else stays as it is stored.
     *
     * @param reason what the time line and the verdict mail say
     * @return false when the claim was lost; then nothing was changed
     */
    boolean abandon(Claim claim, String reason, Instant now);

    /**
     * Whether other runs of the same request are waiting for their server or at work. Those that the rollout holds back
     * do not count: it may wait for this one. Nor do those that have been checking their server since before
     * {@code patience} and were accepted behind this one.
     */
    boolean othersAreOpen(ServerRun run, Instant patience);

    /** How many runs have not ended. */
    int openRuns();

    /**
     * How long the newest runs that installed something on a server took, from their start to their end. Runs that were
     * broken off (deferred, cancelled, unknown) do not count.
     *
     * @param most at most so many, the newest first
     */
    List<Duration> installTimes(ServerId server, int most);

    /** When the next unfinished run is due; empty when there is none. */
    Optional<Instant> nextDue();

    /** A run in the hands of one node. */
    record Claim(RunId run, long fence) {}

    /**
     * An accepted request.
     *
     * @param runs one for each server, in the order of the request
     * @param duplicate whether it had been accepted before
     */
    record Acceptance(RequestId request, List<QueuedRun> runs, boolean duplicate) {
        public Acceptance {
            runs = List.copyOf(runs);
        }
    }

    /** The run of one server. */
    record QueuedRun(ServerId server, RunId run, ExecutionNumber number) {}
}
