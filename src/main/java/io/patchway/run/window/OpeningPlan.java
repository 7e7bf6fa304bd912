package io.patchway.run.window;

import io.patchway.run.window.TaskExecution.Selected;
import io.patchway.window.MaintenanceWindow.Opening;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lays down what is done at an opening: every task of the window, for the servers that are meant at this moment. */
final class OpeningPlan {
    private final TargetLookup lookup;

    OpeningPlan(TargetLookup lookup) {
        this.lookup = lookup;
    }

    /**
     * The plan.
     *
     * @param id of the execution; those of its task executions follow from it
     */
    WindowExecution of(UUID id, StoredWindow window, Opening opening, String origin) {
        List<TaskExecution> tasks = window.tasks().stream()
                .map(task -> TaskExecution.pending(derived(id + " " + task.id()), task, selected(window, task)))
                .toList();
        return new WindowExecution(
                id,
                window.id(),
                window.terms().name(),
                origin,
                opening,
                WindowStatus.PENDING,
                "",
                opening.opens(),
                Optional.empty(),
                false,
                tasks);
    }

    /** The id of the execution of a scheduled opening, the same on every node. */
    static UUID id(StoredWindow window, Opening opening) {
        return derived("window " + window.id() + " of " + opening.opens());
    }

    private static UUID derived(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private List<Selected> selected(StoredWindow window, WindowTask task) {
        List<Selected> selected = new ArrayList<>();
        window.targets().stream()
                .filter(target -> task.uses(target.id()))
                .map(target -> new Selected(
                        Optional.of(target.id()), target.ownerInformation(), lookup.servers(target.entries())))
                .forEach(selected::add);
        if (!task.ownTargets().isEmpty()) {
            selected.add(new Selected(Optional.empty(), Optional.empty(), lookup.servers(task.ownTargets())));
        }
        return selected;
    }
}
