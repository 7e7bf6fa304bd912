package io.patchway.run;

import io.patchway.baseline.Baselines;
import io.patchway.baseline.UnclearBaselineException;
import io.patchway.rollout.Rollout;
import io.patchway.run.Receipt.Accepted;
import io.patchway.run.Receipt.Answer;
import io.patchway.run.Receipt.Refused;
import io.patchway.run.RequestForm.Origin;
import io.patchway.run.RunLedger.Acceptance;
import io.patchway.run.RunLedger.QueuedRun;
import io.patchway.server.Inventory;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where every trigger hands in a request: looks everything up that it names, and has the ledger record what can be
 * accepted. A server that cannot be accepted is refused by itself; the others proceed.
 */
public final class RequestDesk {
    private final Targets targets;
    private final Baselines baselines;
    private final ScriptPackages scriptPackages;
    private final Rollouts rollouts;
    private final RunLedger ledger;
    private final AdmissionLimit limit;
    private final Clock clock;

    public RequestDesk(
            Inventory inventory,
            Baselines baselines,
            ScriptPackages scriptPackages,
            Rollouts rollouts,
            RunLedger ledger,
            AdmissionLimit limit,
            Clock clock) {
        this.targets = new Targets(inventory);
        this.baselines = baselines;
        this.scriptPackages = scriptPackages;
        this.rollouts = rollouts;
        this.ledger = ledger;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * Looks up what a request names besides its servers.
     *
     * @throws RefusedRequestException when {@link #accept} would refuse it whatever servers it names
     */
    public void check(RequestForm form) throws RefusedRequestException {
        checkBaseline(form);
        rollouts.check(form);
        scriptPackage(form);
    }

    /**
     * Accepts what can be accepted.
     *
     * @throws RefusedRequestException when no server is named, or the baseline, the package or a parameter is not
     *     known, the rollout names a gate or a group that is not, or there is too much to do already; nothing is
     *     accepted
     */
    public Receipt accept(RequestForm form, Origin origin) throws RefusedRequestException {
        checkBaseline(form);
        rollouts.check(form);
        Optional<ScriptPackage> scriptPackage = scriptPackage(form);
        List<Target> asked = targets.of(form, scriptPackage);
        if (asked.isEmpty()) {
            throw new RefusedRequestException("servers", "is empty, and so are groups and tags; name at least one");
        }
        List<ServerId> servers = asked.stream()
                .flatMap(target -> target.accepted().stream())
                .distinct()
                .toList();
        if (servers.isEmpty()) {
            return new Receipt(Optional.empty(), answers(asked, Map.of()), false);
        }
        Rollout rollout = rollouts.of(form, servers.size());
        if (origin.fingerprint().flatMap(ledger::findByFingerprint).isEmpty()) {
            limit.check(ledger, servers.size());
        }
        PatchRequest request = new PatchRequest(
                RequestId.next(),
                form.operation(),
                form.rebootOption(),
                form.maxRounds(),
                origin.text(),
                origin.requester(),
                servers,
                form.baseline(),
                form.snapshot(),
                scriptPackage.map(ScriptPackage::name),
                scriptPackage.map(ScriptPackage::excluded).orElse(List.of()),
                form.recipients(),
                origin.window(),
                rollout,
                form.special(),
                clock.instant());
        Acceptance acceptance = ledger.accept(request, rollouts.stages(request), origin.fingerprint());
        Map<ServerId, QueuedRun> runs =
                acceptance.runs().stream().collect(Collectors.toMap(QueuedRun::server, Function.identity()));
        return new Receipt(Optional.of(acceptance.request()), answers(asked, runs), acceptance.duplicate());
    }

    private void checkBaseline(RequestForm form) throws RefusedRequestException {
        try {
            form.baseline().ifPresent(baselines::existing);
        } catch (UnclearBaselineException e) {
            throw new RefusedRequestException("baseline", e.getMessage());
        }
    }

    private Optional<ScriptPackage> scriptPackage(RequestForm form) throws RefusedRequestException {
        if (form.scriptPackage().isEmpty()) {
            return Optional.empty();
        }
        String called = form.scriptPackage().get();
        ScriptPackage found = scriptPackages
                .find(called)
                .orElseThrow(() -> new RefusedRequestException(
                        "package", "there is no script package '" + called + "'; known: " + known()));
        for (Map.Entry<String, String> parameter : form.parameters().entrySet()) {
            checkParameter(found, parameter.getKey(), parameter.getValue());
        }
        return Optional.of(found);
    }

    private static void checkParameter(ScriptPackage scriptPackage, String name, String value)
            throws RefusedRequestException {
        String field = "package.parameters." + name;
        List<String> allowed = scriptPackage.parameters().get(name);
        if (allowed == null) {
            throw new RefusedRequestException(
                    field,
                    "is not a parameter of " + scriptPackage.name() + "; allowed: "
                            + String.join(", ", scriptPackage.parameters().keySet()));
        }
        if (!allowed.contains(value)) {
            throw new RefusedRequestException(field, "must be one of " + String.join(", ", allowed));
        }
    }

    private String known() {
        return scriptPackages.all().stream()
                .map(candidate -> candidate.name() + " (" + candidate.id() + ")")
                .collect(Collectors.joining(", "));
    }

    private static List<Answer> answers(List<Target> asked, Map<ServerId, QueuedRun> runs) {
        List<Answer> answers = new ArrayList<>();
        for (Target target : asked) {
            answers.add(target.accepted()
                    .map(runs::get)
                    .<Answer>map(run -> new Accepted(target.name(), run.run(), run.number()))
                    .orElseGet(() -> new Refused(target.name(), target.reason())));
        }
        return answers;
    }
}
