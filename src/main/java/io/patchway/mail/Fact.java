package io.patchway.mail;

import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.PatchRequest.WindowSpan;
import java.util.ArrayList;
import java.util.List;

/** Something about a request that has a name. */
record Fact(String name, String value) {

    /** Who asked for what, and within which bounds. */
    static List<Fact> of(PatchRequest request) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Requested by", request.requester()));
        facts.add(new Fact("Came in by", request.origin()));
        facts.add(new Fact("Accepted", Wording.of(request.acceptedAt())));
        facts.add(new Fact("Operation", Wording.of(request.operation())));
        facts.add(new Fact("Patch baseline", request.baseline().orElse("each server's own")));
        request.scriptPackage().ifPresent(name -> facts.add(new Fact("Script package", name)));
        if (!request.excluded().isEmpty()) {
            facts.add(new Fact("Left out", String.join(", ", request.excluded())));
        }
        if (request.operation() == Operation.INSTALL) {
            facts.add(new Fact("Reboot", Wording.of(request.rebootOption())));
            facts.add(new Fact("Rounds", "at most " + request.maxRounds()));
            if (request.special().maintenance()) {
                facts.add(new Fact("Maintenance mode", "entered before patching, left after success"));
            }
        }
        request.window().ifPresent(window -> facts.addAll(of(window)));
        facts.add(new Fact("Request id", request.id().toString()));
        return facts;
    }

    private static List<Fact> of(WindowSpan window) {
        return List.of(
                new Fact("Maintenance window", window.name()),
                new Fact("Open", Wording.of(window.opens()) + " to " + Wording.of(window.closes())),
                new Fact("Last start", Wording.of(window.cutoff())));
    }

    static List<String> lines(List<Fact> facts) {
        return PlainText.table(
                facts.stream().map(fact -> List.of(fact.name(), fact.value())).toList());
    }
}
