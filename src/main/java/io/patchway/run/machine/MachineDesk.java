package io.patchway.run.machine;

import io.patchway.audit.AuditLog;
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
import io.patchway.run.RunLedger.Acceptance;
import io.patchway.run.RunLedger.QueuedRun;
import io.patchway.run.ServersBusyException;
import io.patchway.run.SpecialOrders;
import io.patchway.run.machine.MachineAnswer.Queued;
import io.patchway.run.machine.MachineAnswer.Refused;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every API hands in what is to be done to machines: says of each server whether it will be, and has the ledger
 * record a run for it. No mail goes out about it.
 */
public final class MachineDesk {
    private static final Logger LOG = LoggerFactory.getLogger(MachineDesk.class);

    private static final int MOST_REASONS = 100;

    private final Inventory inventory;
    private final RequestDesk desk;
    private final RunLedger ledger;
    private final MachineJudge judge;
    private final AuditLog audit;

    public MachineDesk(Inventory inventory, RequestDesk desk, RunLedger ledger, MachineJudge judge, AuditLog audit) {
        this.inventory = inventory;
        this.desk = desk;
        this.ledger = ledger;
        this.judge = judge;
        this.audit = audit;
    }

    /**
     * Takes what can be done. A call with the fingerprint of an earlier one is answered as that was, and nothing is
     * done again.
     *
     * @param names servers as they were named, in any letter case
     * @return one answer for each distinct server, in the order of the names
     * @throws RefusedRequestException when there is too much to do already; nothing is accepted
     */
    public List<MachineAnswer> ask(Operation operation, List<String> names, MachineOrders orders, Origin origin)
            throws RefusedRequestException {
        Map<ServerId, MachineAnswer> answers = new HashMap<>();
        List<Server> servers =
                distinct(names).stream().flatMap(name -> find(name).stream()).toList();
        Optional<Acceptance> earlier = earlier(origin);
        if (earlier.isEmpty()) {
            answers.putAll(judge.objections(operation, servers, orders));
            // Another node may have accepted the same call in the meantime: it is what keeps the servers busy.
            earlier = answers.isEmpty() ? earlier : earlier(origin);
        }
        if (earlier.isPresent()) {
            answers.putAll(queued(earlier.get().runs()));
            List<Server> rest = servers.stream()
                    .filter(server -> !(answers.get(server.id()) instanceof Queued))
                    .toList();
            answers.putAll(judge.objections(operation, rest, orders));
        } else {
            answers.putAll(accept(operation, free(servers, answers), orders, origin));
        }
        List<MachineAnswer> all = distinct(names).stream()
                .map(name -> find(name)
                        .map(server -> answers.getOrDefault(
                                server.id(),
                                new Refused(name, "is not part of the earlier call that this one repeats")))
                        .orElseGet(() -> new Refused(name, "is not in the inventory")))
                .toList();
        tell(operation, all, origin);
        return all;
    }

    private Optional<Acceptance> earlier(Origin origin) {
        return origin.fingerprint().flatMap(ledger::findByFingerprint);
    }

    private static List<ServerId> free(List<Server> servers, Map<ServerId, MachineAnswer> objections) {
        return servers.stream()
                .map(Server::id)
                .filter(server -> !objections.containsKey(server))
                .toList();
    }

    private static List<String> distinct(List<String> names) {
        return List.copyOf(new LinkedHashSet<>(
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList()));
    }

    private Optional<Server> find(String name) {
        try {
            return inventory.find(new ServerId(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Map<ServerId, MachineAnswer> accept(
            Operation operation, List<ServerId> servers, MachineOrders orders, Origin origin)
            throws RefusedRequestException {
        if (servers.isEmpty()) {
            return Map.of();
        }
        Map<ServerId, MachineAnswer> answers = new HashMap<>();
        try {
            desk.accept(form(operation, servers, orders), origin)
                    .answers()
                    .forEach(answer -> answers.put(new ServerId(answer.server()), of(answer)));
        } catch (ServersBusyException e) {
            // Another call was faster by a moment.
            List<ServerId> left = servers.stream()
                    .filter(server -> !e.servers().contains(server))
                    .toList();
            answers.putAll(accept(operation, left, orders, origin));
            e.servers().forEach(server -> answers.put(server, new Refused(server.value(), MachineJudge.BUSY)));
        }
        return answers;
    }

    private static RequestForm form(Operation operation, List<ServerId> servers, MachineOrders orders) {
        return new RequestForm(
                operation,
                RebootOption.IF_NEEDED,
                PatchRequest.DEFAULT_MAX_ROUNDS,
                servers.stream().map(ServerId::value).toList(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                SpecialOrders.NONE.on(orders));
    }

    private static MachineAnswer of(Receipt.Answer answer) {
        return switch (answer) {
            case Receipt.Accepted accepted -> new Queued(accepted.server(), accepted.execution(), accepted.number());
            case Receipt.Refused refused -> new Refused(refused.server(), refused.reason());
        };
    }

    private static Map<ServerId, MachineAnswer> queued(List<QueuedRun> runs) {
        Map<ServerId, MachineAnswer> answers = new HashMap<>();
        runs.forEach(run -> answers.put(run.server(), new Queued(run.server().value(), run.run(), run.number())));
        return answers;
    }

    /** Clients are told no reason by some APIs; who looks for one finds it here, one entry for each call. */
    private void tell(Operation operation, List<MachineAnswer> answers, Origin origin) {
        List<Refused> refused = answers.stream()
                .filter(Refused.class::isInstance)
                .map(Refused.class::cast)
                .toList();
        if (refused.isEmpty()) {
            return;
        }
        String reasons = refused.stream()
                .limit(MOST_REASONS)
                .map(answer -> answer.server() + " " + answer.reason())
                .collect(Collectors.joining("; "));
        String more = refused.size() > MOST_REASONS ? "; and " + (refused.size() - MOST_REASONS) + " more" : "";
        LOG.info("{} for {} is refused: {}{}", operation.word(), origin.requester(), reasons, more);
        String subject = operation.word() + " of " + refused.size() + " servers";
        audit.record(origin.requester(), "machine.refused", subject, reasons + more);
    }
}
