package io.patchway.api.clc.operation;

import io.patchway.access.User;
import io.patchway.api.RepeatedRequests;
import io.patchway.api.Turns;
import io.patchway.api.clc.ClcServers;
import io.patchway.audit.AuditLog;
import io.patchway.run.ExecutionNumber;
import io.patchway.run.MachineOrders;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.Receipt;
import io.patchway.run.RefusedRequestException;
import io.patchway.run.RequestDesk;
import io.patchway.run.RequestForm;
import io.patchway.run.RequestForm.Origin;
import io.patchway.run.RunLedger;
import io.patchway.run.ScriptPackage;
import io.patchway.run.ScriptPackages;
import io.patchway.run.SpecialOrders;
import io.patchway.server.ServerId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts script packages. The same order of the same user within ten seconds is the same operation and gets the same
 * answer, because clients send again what was not answered in time; an order with a key of its own is known by that for
 * good.
 */
public final class PackageDesk {
    private static final int MOST_REASONS = 100;

    private final RequestDesk desk;
    private final ScriptPackages packages;
    private final ClcServers servers;
    private final PackageGate gate;
    private final RunLedger ledger;
    private final AuditLog audit;
    private final RepeatedRequests repeated;
    private final Turns turns = new Turns();

    public PackageDesk(
            RequestDesk desk,
            ScriptPackages packages,
            ClcServers servers,
            PackageGate gate,
            RunLedger ledger,
            AuditLog audit,
            Clock clock) {
        this.desk = desk;
        this.packages = packages;
        this.servers = servers;
        this.gate = gate;
        this.ledger = ledger;
        this.audit = audit;
        this.repeated = new RepeatedRequests(ledger, clock);
    }

    /**
     * Starts a package on the servers that it can be started on.
     *
     * @param from where the call came from, for the history
     * @param key the identity that the client gives the order; empty: its content within ten seconds
     * @return the servers by the ids that clients know, each with the number of its run; empty when it is refused
     * @throws RefusedRequestException when the package or a parameter is not known, or there is too much to do already;
     *     nothing is started
     */
    Map<String, Optional<ExecutionNumber>> execute(
            User user, String alias, PackageOrder order, String from, Optional<String> key)
            throws RefusedRequestException {
        RequestForm form = form(order, user);
        desk.check(form);
        ScriptPackage scriptPackage = packages.find(order.scriptPackage()).orElseThrow();
        AskedServers asked = AskedServers.of(alias, order.servers(), servers);
        String requester = "clc " + user.name() + " " + alias.toUpperCase(Locale.ROOT);
        byte[] content = order.content().getBytes(StandardCharsets.UTF_8);
        Map<ServerId, ExecutionNumber> runs = turns.take(requester + key.orElse(order.content()), () -> {
            String fingerprint = key.map(given -> repeated.byKey(requester, given))
                    .orElseGet(() -> repeated.byContent(requester, content));
            return start(asked, scriptPackage, form, origin(user, from, fingerprint));
        });
        Map<String, Optional<ExecutionNumber>> answers = new LinkedHashMap<>();
        asked.byId().forEach((id, server) -> answers.put(id, server.map(known -> runs.get(known.id()))));
        return answers;
    }

    private Map<ServerId, ExecutionNumber> start(
            AskedServers asked, ScriptPackage scriptPackage, RequestForm form, Origin origin)
            throws RefusedRequestException {
        if (isRepeated(origin)) {
            return accept(asked.foundIds(), form, origin, Map.of());
        }
        Map<ServerId, String> refusals = gate.refusals(asked.found(), scriptPackage);
        if (refusals.containsValue(PackageGate.BUSY) && isRepeated(origin)) {
            // Another node has accepted the same order in the meantime: it is what keeps the servers busy.
            return accept(asked.foundIds(), form, origin, Map.of());
        }
        Map<String, String> reasons = new LinkedHashMap<>();
        asked.byId()
                .forEach((id, server) -> server.ifPresentOrElse(
                        known -> Optional.ofNullable(refusals.get(known.id()))
                                .ifPresent(reason -> reasons.put(id, reason)),
                        () -> reasons.put(id, "is no server of this account")));
        List<ServerId> free = asked.foundIds().stream()
                .filter(server -> !refusals.containsKey(server))
                .toList();
        return accept(free, form, origin, reasons);
    }

    private Map<ServerId, ExecutionNumber> accept(
            List<ServerId> free, RequestForm form, Origin origin, Map<String, String> reasons)
            throws RefusedRequestException {
        if (free.isEmpty()) {
            record(origin, "request.refused", origin.text(), reasons, "");
            return Map.of();
        }
        Receipt receipt = desk.accept(form.on(free), origin);
        if (!reasons.isEmpty() || !receipt.refusals().isEmpty()) {
            String subject = receipt.request().map(id -> "request " + id).orElse(origin.text());
            String action = receipt.accepted() ? "request.partly-refused" : "request.refused";
            record(origin, action, subject, reasons, receipt.refusals());
        }
        return receipt.answers().stream()
                .filter(Receipt.Accepted.class::isInstance)
                .map(Receipt.Accepted.class::cast)
                .collect(Collectors.toMap(
                        accepted -> new ServerId(accepted.server()), Receipt.Accepted::number, (one, same) -> one));
    }

    private boolean isRepeated(Origin origin) {
        return origin.fingerprint().flatMap(ledger::findByFingerprint).isPresent();
    }

    /** The answer to the client does not say why; the audit log does. */
    private void record(Origin origin, String action, String subject, Map<String, String> reasons, String more) {
        Stream<String> own =
                reasons.entrySet().stream().limit(MOST_REASONS).map(entry -> entry.getKey() + ": " + entry.getValue());
        audit.record(
                origin.requester(),
                action,
                subject,
                Stream.concat(own, Stream.of(more).filter(text -> !text.isEmpty()))
                        .collect(Collectors.joining("; ")));
    }

    private static Origin origin(User user, String from, String fingerprint) {
        return new Origin("clc " + from, user.name(), Optional.of(fingerprint), Optional.empty());
    }

    private static RequestForm form(PackageOrder order, User user) {
        return new RequestForm(
                Operation.INSTALL,
                RebootOption.IF_NEEDED,
                PatchRequest.DEFAULT_MAX_ROUNDS,
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(order.scriptPackage()),
                order.parameters(),
                user.email().map(List::of).orElse(List.of()),
                Optional.empty(),
                SpecialOrders.NONE.on(MachineOrders.POWER_ON_FIRST));
    }
}
