package io.patchway.run.machine;

import io.patchway.run.MachineOrders;
import io.patchway.run.Operation;
import io.patchway.run.machine.MachineAnswer.AlreadySo;
import io.patchway.run.machine.MachineAnswer.Refused;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says of servers what keeps an operation from being done to their machines. */
public final class MachineJudge {
    static final String BUSY = "is being worked on";

    private final Machines machines;
    private final PowerRules rules;
    private final Probe probe;
    private final BusyServers busy;
    private final Clock clock;

    public MachineJudge(Machines machines, Probe probe, BusyServers busy, Clock clock) {
        this.machines = machines;
        this.rules = new PowerRules(machines);
        this.probe = probe;
        this.busy = busy;
        this.clock = clock;
    }

    /** An answer for each server where nothing will be done; those that are not there can be worked on. */
    Map<ServerId, MachineAnswer> objections(Operation operation, Collection<Server> servers, MachineOrders orders) {
        Map<ServerId, MachineAnswer> objections = new HashMap<>();
        Set<ServerId> worked = busy.among(servers.stream().map(Server::id).toList());
        for (Server server : servers) {
            String name = server.id().value();
            Optional<String> objection =
                    worked.contains(server.id()) ? Optional.of(BUSY) : rules.objection(server, operation, orders);
            objection.ifPresent(reason -> objections.put(server.id(), new Refused(name, reason)));
        }
        if (!operation.isAboutSnapshots()) {
            addStates(operation, servers, objections);
        }
        return objections;
    }

    private void addStates(Operation operation, Collection<Server> servers, Map<ServerId, MachineAnswer> objections) {
        List<Server> open = servers.stream()
                .filter(server -> !objections.containsKey(server.id()))
                .toList();
        Map<ServerId, PowerState> states = states(operation, open);
        states.forEach((server, state) -> {
            if (PowerRules.isSoAlready(operation, state)) {
                objections.put(server, new AlreadySo(server.value()));
            } else {
                PowerRules.objection(operation, state)
                        .ifPresent(reason -> objections.put(server, new Refused(server.value(), reason)));
            }
        });
    }

    /** What is remembered is looked at again where it matters; a start is for servers that do not answer. */
    private Map<ServerId, PowerState> states(Operation operation, List<Server> servers) {
        Map<ServerId, PowerState> states = new HashMap<>();
        servers.forEach(server -> states.put(server.id(), machines.states().stateOf(server.id())));
        List<Server> doubtful = servers.stream()
                .filter(server -> operation == Operation.POWER_ON || states.get(server.id()) != PowerState.STARTED)
                .toList();
        Set<ServerId> answering = new HashSet<>(probe.answering(doubtful));
        for (Server server : doubtful) {
            PowerState remembered = states.get(server.id());
            if (!answering.contains(server.id())) {
                states.put(server.id(), remembered == PowerState.STARTED ? PowerState.STOPPED : remembered);
            } else if (remembered != PowerState.STARTED) {
                machines.states().remember(server.id(), PowerState.STARTED, clock.instant());
                states.put(server.id(), PowerState.STARTED);
            }
        }
        return states;
    }
}
