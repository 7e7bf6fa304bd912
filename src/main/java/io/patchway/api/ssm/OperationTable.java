package io.patchway.api.ssm;

import io.patchway.access.Caller;
import io.patchway.access.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The operations that are served, by their names. */
public final class OperationTable {

    /**
     * One operation.
     *
     * @param least the role that it needs
     * @param input record that the validated request is read into; absent members become null, or empty for Optional
     * @param work answers with a record, or a map; may throw an {@link SsmException}
     */
    public record Operation<Q>(String name, Role least, Class<Q> input, BiFunction<Caller, Q, Object> work) {
        /** Does the work for a caller who may have it done. */
        public Object answer(Caller caller, Object request) {
            return work.apply(caller, input.cast(request));
        }
    }

    private final Map<String, Operation<?>> byName = new HashMap<>();

    /** A table with the operations of all groups. */
    public static OperationTable of(List<OperationGroup> groups) {
        OperationTable table = new OperationTable();
        groups.forEach(group -> group.addTo(table));
        return table;
    }

    /** Adds an operation that only looks. */
    public <Q> void reads(String name, Class<Q> input, Function<Q, Object> work) {
        add(name, Role.VIEWER, input, (caller, request) -> work.apply(request));
    }

    /** Adds an operation that starts or stops work on servers. */
    public <Q> void operates(String name, Class<Q> input, BiFunction<Caller, Q, Object> work) {
        add(name, Role.OPERATOR, input, work);
    }

    /** Adds an operation that changes what will happen from now on. */
    public <Q> void administers(String name, Class<Q> input, BiFunction<Caller, Q, Object> work) {
        add(name, Role.ADMINISTRATOR, input, work);
    }

    private <Q> void add(String name, Role least, Class<Q> input, BiFunction<Caller, Q, Object> work) {
        if (byName.putIfAbsent(name, new Operation<>(name, least, input, work)) != null) {
            throw new IllegalArgumentException("two operations are called " + name);
        }
    }

    Set<String> names() {
        return byName.keySet();
    }

    public Optional<Operation<?>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
