package io.patchway.api.ivanti;

import io.patchway.access.Role;
import java.util.List;

/** What scripts ask of the console itself: its version, and agents, of which there are none. */
public final class ConsoleResource implements IvantiResource {
    private static final String PRODUCT = "Patchway";
    private static final int USUAL_AGENTS = 100;

    private final String version;

    /** @param version of this Patchway */
    public ConsoleResource(String version) {
        this.version = version;
    }

    private record Version(String latestApiVersion, String productName, String productVersion) {}

    @Override
    public void addTo(IvantiRoutes routes) {
        routes.get("configuration/version", call -> call.answer(new Version("1.0", PRODUCT, version)))
                .get("agents", ConsoleResource::noAgents)
                .get("agents/{agent}", call -> {
                    throw new IvantiRefusal(404, "There are no agents: Patchway reaches machines over SSH.");
                })
                .add("POST", "agents/deployment", Role.OPERATOR, call -> {
                    throw new IvantiRefusal(
                            400, "There are no agents to deploy: Patchway reaches machines over SSH and needs none.");
                })
                .get("patch/productlevelgroups", ConsoleResource::none);
    }

    private static void noAgents(IvantiCall call) {
        call.query().count(USUAL_AGENTS);
        call.query().start();
        none(call);
    }

    private static void none(IvantiCall call) {
        call.answer(Envelope.whole(List.of()));
    }
}
