package io.patchway.run.machine;

import io.patchway.run.Operation;
import io.patchway.run.OperationId;
import io.patchway.run.RunId;
import io.patchway.server.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Machines whose commands are actions of a test; what is remembered of them is forgotten with the process. */
public final class InMemoryMachines implements CommandMemory, PowerStates, Snapshots {
    /** How long a server must not answer. */
    public static final Duration QUIET = Duration.ofSeconds(30);

    private final Map<Operation, MachineCommand> commands = new EnumMap<>(Operation.class);
    private final Map<Operation, Supplier<CommandEnding>> actions = new EnumMap<>(Operation.class);
    private final List<String> ran = new ArrayList<>();
    private final Set<OperationId> begun = new HashSet<>();
    private final Map<OperationId, CommandEnding> endings = new HashMap<>();
    private final Map<ServerId, PowerState> states = new HashMap<>();
    private final Map<ServerId, Snapshot> snapshots = new HashMap<>();
    private final Map<ServerId, RunId> makers = new HashMap<>();

    /** There is a command for this, and it does this. */
    public InMemoryMachines with(Operation operation, Supplier<CommandEnding> action) {
        return with(operation, false, action);
    }

    public InMemoryMachines with(Operation operation, boolean repeatable, Supplier<CommandEnding> action) {
        List<String> words = operation.isAboutSnapshots()
                ? List.of("/machine", operation.word(), MachineCommand.SERVER, MachineCommand.SNAPSHOT)
                : List.of("/machine", operation.word(), MachineCommand.SERVER);
        commands.put(operation, new MachineCommand(operation, words, Duration.ofMinutes(2), repeatable));
        actions.put(operation, action);
        return this;
    }

    /** There is a command for this, and it ends well after it has done this. */
    public InMemoryMachines doing(Operation operation, Runnable action) {
        return with(operation, () -> {
            action.run();
            return ended(0);
        });
    }

    public static CommandEnding ended(int status) {
        return new CommandEnding(CommandEnding.Kind.ENDED, status, "as the command said");
    }

    public Machines machines() {
        return new Machines(
                (server, operation) -> Optional.ofNullable(commands.get(operation)),
                this::run,
                this,
                this,
                this,
                QUIET);
    }

    /** The commands that ran, with their arguments. */
    public List<String> ran() {
        return List.copyOf(ran);
    }

    private CommandEnding run(List<String> words, OperationId operation, Duration deadline) {
        ran.add(String.join(" ", words));
        Operation called = commands.keySet().stream()
                .filter(candidate -> candidate.word().equals(words.get(1)))
                .findFirst()
                .orElseThrow();
        return actions.get(called).get();
    }

    @Override
    public boolean begin(RunId run, OperationId operation, Instant now) {
        return begun.add(operation);
    }

    @Override
    public boolean begun(OperationId operation) {
        return begun.contains(operation);
    }

    @Override
    public void ended(OperationId operation, CommandEnding ending, Instant now) {
        endings.put(operation, ending);
    }

    @Override
    public Optional<CommandEnding> ending(OperationId operation) {
        return Optional.ofNullable(endings.get(operation));
    }

    @Override
    public PowerState stateOf(ServerId server) {
        return states.getOrDefault(server, PowerState.STARTED);
    }

    @Override
    public void remember(ServerId server, PowerState state, Instant now) {
        states.put(server, state);
        states.values().removeIf(PowerState.STARTED::equals);
    }

    @Override
    public List<ServerId> notStarted() {
        return List.copyOf(states.keySet());
    }

    @Override
    public Optional<Snapshot> of(ServerId server) {
        return Optional.ofNullable(snapshots.get(server));
    }

    @Override
    public boolean promise(RunId run, ServerId server, String name, Instant now, Instant expiresAt) {
        snapshots.putIfAbsent(server, new Snapshot(snapshots.size() + 1L, server, name, false, now, expiresAt));
        return makers.computeIfAbsent(server, any -> run).equals(run);
    }

    @Override
    public void made(ServerId server, String name) {
        snapshots.computeIfPresent(
                server,
                (any, known) -> new Snapshot(known.number(), server, name, true, known.createdAt(), known.expiresAt()));
    }

    @Override
    public void gone(ServerId server, String name) {
        snapshots.remove(server);
        makers.remove(server);
    }

    @Override
    public List<Snapshot> claimExpired(int limit, Duration again, Instant now) {
        return snapshots.values().stream()
                .filter(snapshot -> !snapshot.expiresAt().isAfter(now))
                .toList();
    }
}
