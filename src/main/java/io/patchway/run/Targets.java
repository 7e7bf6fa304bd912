package io.patchway.run;

import io.patchway.server.ConnectionSettings;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the servers that a request means, and says of each whether it can be worked on. */
final class Targets {
    private final Inventory inventory;

    Targets(Inventory inventory) {
        this.inventory = inventory;
    }

    /** The named servers in their order, also when one is named twice; then the members of groups and tag queries. */
    List<Target> of(RequestForm form, Optional<ScriptPackage> scriptPackage) {
        List<Target> targets = new ArrayList<>();
        Set<ServerId> seen = new HashSet<>();
        for (String name : form.servers()) {
            targets.add(named(name, form, scriptPackage, seen));
        }
        for (String group : form.groups()) {
            addAll(inventory.inGroup(group), "group " + group, targets, seen, form, scriptPackage);
        }
        if (!form.tags().isEmpty()) {
            List<Server> tagged = inventory.all().stream()
                    .filter(server ->
                            server.tags().entrySet().containsAll(form.tags().entrySet()))
                    .toList();
            addAll(tagged, "tags " + form.tags(), targets, seen, form, scriptPackage);
        }
        return targets;
    }

    private Target named(String name, RequestForm form, Optional<ScriptPackage> scriptPackage, Set<ServerId> seen) {
        ServerId id;
        try {
            id = new ServerId(name);
        } catch (IllegalArgumentException e) {
            return Target.refused(name, e.getMessage());
        }
        Optional<Server> server = inventory.find(id);
        if (server.isEmpty()) {
            return Target.refused(name, "is not in the inventory");
        }
        seen.add(id);
        return judged(name, server.get(), form, scriptPackage);
    }

    private static void addAll(
            List<Server> members,
            String origin,
            List<Target> targets,
            Set<ServerId> seen,
            RequestForm form,
            Optional<ScriptPackage> scriptPackage) {
        if (members.isEmpty()) {
            targets.add(Target.refused(origin, "no server belongs to it"));
        }
        for (Server member : members) {
            if (seen.add(member.id())) {
                targets.add(judged(member.id().value(), member, form, scriptPackage));
            }
        }
    }

    private static Target judged(String name, Server server, RequestForm form, Optional<ScriptPackage> scriptPackage) {
        if (server.scanOnly() && form.operation() != Operation.SCAN) {
            return Target.refused(name, "is for scans only (scanOnly in the inventory)");
        }
        if (server.connection() instanceof ConnectionSettings.Http) {
            Optional<String> refusal = HandOverTerms.refusal(form);
            if (refusal.isPresent()) {
                return Target.refused(name, refusal.get());
            }
        }
        if (scriptPackage.isPresent() && !scriptPackage.get().mayServe(server)) {
            return Target.refused(
                    name,
                    "is not of an operating system that '" + scriptPackage.get().name() + "' is made for");
        }
        return Target.accepted(name, server.id());
    }
}
