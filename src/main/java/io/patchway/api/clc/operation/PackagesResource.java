package io.patchway.api.clc.operation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.access.Role;
import io.patchway.api.clc.ClcDoor;
import io.patchway.api.clc.ClcResource;
import io.patchway.run.ScriptPackage;
import io.patchway.run.ScriptPackages;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code GET /v2/packages/{alias}}: the script packages that an Execute Package call may name. CenturyLink Cloud had no
 * such call.
 */
public final class PackagesResource implements ClcResource {
    private final ScriptPackages packages;

    public PackagesResource(ScriptPackages packages) {
        this.packages = packages;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v2/packages/{alias}", this::get);
    }

    /** 200 with all packages, ordered by name; they are the same for every account. */
    private void get(Context context) {
        ClcDoor.caller(context, Role.VIEWER, context.pathParam("alias"));
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        packages.all().forEach(each -> all.add(document(each)));
        context.json(all);
    }

    private static ObjectNode document(ScriptPackage scriptPackage) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", scriptPackage.id().toString());
        node.put("name", scriptPackage.name());
        add(node.putArray("aliases"), scriptPackage.aliases().stream().map(Object::toString));
        add(
                node.putArray("operatingSystems"),
                scriptPackage.operatingSystems().stream().map(Enum::name));
        add(node.putArray("excludes"), scriptPackage.excluded().stream());
        ArrayNode parameters = node.putArray("parameters");
        new TreeMap<>(scriptPackage.parameters()).forEach((name, allowed) -> {
            ObjectNode parameter = parameters.addObject().put("name", name);
            allowed.forEach(parameter.putArray("allowed")::add);
        });
        return node;
    }

    private static void add(ArrayNode array, Stream<String> texts) {
        texts.sorted().forEach(array::add);
    }
}
