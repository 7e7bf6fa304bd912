package io.patchway.run.step;

import io.patchway.run.OperationId;
import io.patchway.run.RemoteSite;
import io.patchway.run.ServerFault;
import io.patchway.server.ConnectionSettings.Http;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Another site that answers as a test tells it to, and remembers the orders that reached it. */
final class ScriptedSite implements RemoteSite {
    final List<OperationId> orders = new ArrayList<>();
    final List<UUID> packages = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Deque<Progress> progress = new ArrayDeque<>();
    private List<Execution> history = new ArrayList<>();
    private Detail detail = new Detail(Stage.COMPLETED, "Updating Complete", List.of());
    private boolean repeatable;
    private Optional<ServerFault> trouble = Optional.empty();

    ScriptedSite takingOneOrderForTheSame() {
        repeatable = true;
        return this;
    }

    ScriptedSite answering(Answer... next) {
        answers.addAll(Arrays.asList(next));
        return this;
    }

    /** The last word stays. */
    ScriptedSite progressing(Progress... next) {
        progress.clear();
        progress.addAll(Arrays.asList(next));
        return this;
    }

    ScriptedSite telling(Execution... executions) {
        history = new ArrayList<>(List.of(executions));
        return this;
    }

    ScriptedSite doing(Stage stage, String message, InstalledPatch... patches) {
        detail = new Detail(stage, message, List.of(patches));
        return this;
    }

    void failWith(ServerFault fault) {
        trouble = Optional.of(fault);
    }

    void recover() {
        trouble = Optional.empty();
    }

    static InstalledPatch patch(String title, int code) {
        return new InstalledPatch(Optional.empty(), title, OptionalInt.of(code));
    }

    @Override
    public Ready prepare(Http server) {
        check();
        return new Ready(history.stream().map(Execution::id).findFirst(), repeatable);
    }

    @Override
    public Answer handOver(Http server, UUID scriptPackage, OperationId operation) {
        orders.add(operation);
        packages.add(scriptPackage);
        return answers.remove();
    }

    @Override
    public Progress progress(Http server, String operation) {
        check();
        return progress.size() > 1 ? progress.remove() : progress.element();
    }

    @Override
    public List<Execution> history(Http server) {
        check();
        return history;
    }

    @Override
    public Detail detail(Http server, String execution) {
        check();
        return detail;
    }

    private void check() {
        trouble.ifPresent(fault -> {
            throw fault;
        });
    }
}
