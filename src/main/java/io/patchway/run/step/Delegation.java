package io.patchway.run.step;

import io.patchway.run.HandOver;
import io.patchway.run.HandOverTerms;
import io.patchway.run.InstallPlan;
import io.patchway.run.OperationId;
import io.patchway.run.RemoteSite;
import io.patchway.run.RemoteSite.Answer;
import io.patchway.run.RemoteSite.End;
import io.patchway.run.RemoteSite.Execution;
import io.patchway.run.RemoteSite.Progress;
import io.patchway.run.RemoteSite.Ready;
import io.patchway.run.RunLedger;
import io.patchway.run.RunMemory;
import io.patchway.run.RunPolicy;
import io.patchway.run.RunState;
import io.patchway.run.ScriptPackage;
import io.patchway.run.ScriptPackages;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerRun;
import io.patchway.run.Transition;
import io.patchway.server.ConnectionSettings.Http;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The steps of a run whose server another site patches: PRECHECK signs in there, INSTALLING hands the server over and
 * waits for the site's word, VERIFYING fetches the history back.
 *
 * <p>The order carries the run's operation id, and that it is about to be sent is committed before. When no answer
 * came, or this node died meanwhile, a site that takes the same order for the same is sent it once more; of any other
 * the history is asked, and where that does not tell either, the verdict is UNKNOWN: there is never a second order.
 */
public final class Delegation {
    /** A site that took an order shows it in its history by then. */
    private static final Duration SHOWN_IN_HISTORY = Duration.ofMinutes(10);

    private static final Set<RunState> STATES = Set.of(RunState.PRECHECK, RunState.INSTALLING, RunState.VERIFYING);

    private final RemoteSite site;
    private final ScriptPackages packages;
    private final RunLedger ledger;
    private final RunPolicy policy;
    private final Duration deadline;
    private final FaultVerdict faultVerdict;
    private final RemoteEnd remoteEnd;
    private final Clock clock;

    /** @param deadline how long a site may take for a server that was handed over to it */
    public Delegation(
            RemoteSite site,
            ScriptPackages packages,
            RunLedger ledger,
            RunPolicy policy,
            Duration deadline,
            Clock clock) {
        this.site = site;
        this.packages = packages;
        this.ledger = ledger;
        this.policy = policy;
        this.deadline = deadline;
        this.faultVerdict = new FaultVerdict(policy, clock);
        this.remoteEnd = new RemoteEnd(site, policy, clock);
        this.clock = clock;
    }

    /** Whether the next step is one of these: another site patches the server, or was asked to. */
    public static boolean concerns(StepWork work) {
        ServerRun run = work.run();
        boolean elsewhere = work.server().connection() instanceof Http;
        return STATES.contains(run.state()) && (elsewhere || handOver(run).isPresent());
    }

    /** @throws ServerFault when the site does not answer */
    public Transition take(StepWork work) {
        ServerRun run = work.run();
        if (!(work.server().connection() instanceof Http http)) {
            throw new ServerFault(
                    ServerFault.Kind.CONFIGURATION,
                    run.server() + " was handed over, but the inventory no longer says to which site");
        }
        if (run.state() == RunState.PRECHECK) {
            return prepare(run, http);
        }
        HandOver handOver = handOver(run)
                .orElseThrow(() -> new ServerFault(
                        ServerFault.Kind.CONFIGURATION,
                        run.server() + " was at work here when the inventory gave it to " + http.url()));
        Transition decided = run.state() == RunState.VERIFYING
                ? remoteEnd.take(run, handOver, http)
                : installing(run, handOver, http);
        return decided.note().isPresent() ? decided : faultVerdict.unlessOverdue(run, decided);
    }

    static Optional<HandOver> handOver(ServerRun run) {
        return run.memory().plan().flatMap(InstallPlan::handOver);
    }

    static RunMemory remembering(ServerRun run, HandOver handOver) {
        return run.memory().planning(InstallPlan.of(handOver), Set.of()).calm();
    }

    private Transition prepare(ServerRun run, Http http) {
        // When the request was accepted the server may still have been one of ours.
        HandOverTerms.refusal(run.request()).ifPresent(why -> {
            throw new ServerFault(ServerFault.Kind.CONFIGURATION, run.server() + " " + why);
        });
        UUID scriptPackage = run.request()
                .scriptPackage()
                .map(name -> packages.find(name)
                        .map(ScriptPackage::id)
                        .orElseThrow(() -> new ServerFault(
                                ServerFault.Kind.CONFIGURATION, "there is no script package '" + name + "' any more")))
                .orElse(http.scriptPackage());
        Ready ready = site.prepare(http);
        Instant now = clock.instant();
        Transition planned = Transition.to(
                        RunState.INSTALLING,
                        run,
                        remembering(run, HandOver.planned(scriptPackage, ready)),
                        now,
                        "handing " + http.server() + " over to " + http.url() + " with package " + scriptPackage)
                .inRound(1)
                .endingBy(now.plus(deadline));
        return run.request().special().maintenance()
                ? planned.enteringMaintenance(now.plus(policy.maintenance()))
                : planned;
    }

    private Transition installing(ServerRun run, HandOver handOver, Http http) {
        if (handOver.begunAt().isEmpty()) {
            return begin(run, handOver, http);
        }
        if (run.isCancelled() && !handOver.cancelTold()) {
            return Transition.again(run, remembering(run, handOver.toldOfCancel()), clock.instant(), Duration.ZERO)
                    .noting(run.clearance().reason() + "; but what was handed over cannot be called back: " + http.url()
                            + " goes on, and its end is waited for");
        }
        if (handOver.operation().isPresent()) {
            return look(run, handOver, http, handOver.operation().get());
        }
        return handOver.repeatable() ? repeat(run, handOver, http) : search(run, handOver, http);
    }

    private Transition begin(ServerRun run, HandOver planned, Http http) {
        Instant now = clock.instant();
        if (run.isCancelled()) {
            return end(
                    RunState.CANCELLED,
                    run,
                    "not handed over: " + run.clearance().reason());
        }
        if (run.isTooLate(now)) {
            return end(RunState.DEFERRED, run, "not handed over in time");
        }
        HandOver begun = planned.begun(now);
        ServerRun sending = run.remembering(remembering(run, begun));
        if (!ledger.remember(new RunLedger.Claim(run.id(), run.fence()), sending.memory())) {
            throw new FenceLost(run);
        }
        return switch (order(http, begun, run.operation())) {
            case Answer.Accepted accepted -> accepted(sending, begun, accepted.operation());
            case Answer.Busy busy -> end(RunState.DEFERRED, run, refused(http, busy.reason()));
            case Answer.Rejected rejected -> end(RunState.FAILED, run, refused(http, rejected.reason()));
            // What is committed with this is the memory from before: the order is as good as never begun.
            case Answer.NotSent notSent -> unlessTriedLong(run, notSent.reason(), now);
            case Answer.Lost lost -> tryAgain(sending, lost.reason());
        };
    }

    /** A mistake of our own must not look as if nothing had been sent. */
    private Answer order(Http http, HandOver begun, OperationId operation) {
        try {
            return site.handOver(http, begun.scriptPackage(), operation);
        } catch (RuntimeException e) {
            return new Answer.Lost("internal error: " + e);
        }
    }

    private Transition unlessTriedLong(ServerRun run, String why, Instant now) {
        boolean triedLong = now.isAfter(run.stateSince().plus(policy.startDeadline()));
        return triedLong ? end(RunState.FAILED, run, "could not be handed over: " + why) : tryAgain(run, why);
    }

    private Transition repeat(ServerRun run, HandOver begun, Http http) {
        return switch (order(http, begun, run.operation())) {
            case Answer.Accepted accepted -> accepted(run, begun, accepted.operation());
            case Answer.Busy busy -> end(RunState.DEFERRED, run, refused(http, busy.reason()));
            // Whatever the site thinks of the order now, it may have taken it before.
            case Answer.Rejected rejected -> tryAgain(run, refused(http, rejected.reason()));
            case Answer.NotSent notSent -> tryAgain(run, notSent.reason());
            case Answer.Lost lost -> tryAgain(run, lost.reason());
        };
    }

    private Transition search(ServerRun run, HandOver begun, Http http) {
        List<Execution> found = begunSince(begun, site.history(http));
        if (found.size() == 1) {
            return accepted(run, begun, found.get(0).id());
        }
        if (found.size() > 1) {
            return end(
                    RunState.UNKNOWN,
                    run,
                    "the order got no answer, and the history of " + http.url() + " has " + found.size()
                            + " executions since then: which one is ours, nobody knows");
        }
        Instant patience = begun.begunAt().orElseThrow().plus(SHOWN_IN_HISTORY);
        String why = "the order got no answer, and the history of " + http.url() + " does not show it";
        return clock.instant().isAfter(patience)
                ? end(RunState.UNKNOWN, run, why + "; it is not sent a second time")
                : tryAgain(run, why);
    }

    /** Those that are newer than what the history told before the order was sent. */
    static List<Execution> begunSince(HandOver handOver, List<Execution> history) {
        return history.stream()
                .takeWhile(execution -> handOver.newestBefore()
                        .filter(execution.id()::equalsIgnoreCase)
                        .isEmpty())
                .toList();
    }

    private Transition accepted(ServerRun run, HandOver begun, String name) {
        return Transition.again(run, remembering(run, begun.acceptedAs(name)), clock.instant(), policy.poll())
                .noting("handed over as operation " + name);
    }

    private Transition look(ServerRun run, HandOver handOver, Http http, String name) {
        Progress progress = site.progress(http, name);
        Instant now = clock.instant();
        return switch (progress) {
            case Progress.Gone gone -> end(RunState.UNKNOWN, run, http.url() + " does not know operation " + name);
            case Progress.Ended ended ->
                Transition.to(
                                RunState.VERIFYING,
                                run,
                                remembering(run, handOver.ended(ended.how())),
                                now,
                                "operation " + name + " ended as " + ended.how() + "; fetching its history")
                        .endingBy(historyBy(run, ended.how(), now));
            case Progress.Working working -> {
                RunMemory memory = remembering(run, handOver.lookedAt());
                String odd = "says '" + working.word() + "', which is no word for a status; it is taken to be at work";
                yield Transition.again(
                        run,
                        working.known() ? memory : memory.failedAttempt(http.url() + " " + odd),
                        now,
                        pause(policy, handOver.looks()));
            }
        };
    }

    /** Where {@code succeeded} only means that something was started, the history takes as long as the work. */
    private Instant historyBy(ServerRun run, End how, Instant now) {
        Instant soon = now.plus(policy.scanDeadline());
        return run.deadline()
                .filter(latest -> how == End.SUCCEEDED && latest.isAfter(soon))
                .orElse(soon);
    }

    /** Between two questions to a site: a poll at first, then longer, at most half a minute. */
    static Duration pause(RunPolicy policy, int looks) {
        Duration pause = policy.poll().multipliedBy(Math.max(1, looks / 10));
        Duration most = Duration.ofSeconds(30);
        return pause.compareTo(most) > 0 ? most : pause;
    }

    private Transition tryAgain(ServerRun run, String why) {
        RunMemory memory = run.memory().failedAttempt(why);
        return Transition.again(run, memory, clock.instant(), policy.backOff(memory.attempts()));
    }

    private Transition end(RunState verdict, ServerRun run, String note) {
        RunMemory memory =
                verdict == RunState.CANCELLED ? run.memory() : run.memory().failedAttempt(note);
        return Transition.to(verdict, run, memory, clock.instant(), note);
    }

    private static String refused(Http http, String reason) {
        return http.url() + " refused it: " + reason;
    }
}
