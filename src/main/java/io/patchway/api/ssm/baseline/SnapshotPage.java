package io.patchway.api.ssm.baseline;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.patchway.api.Dialect;
import io.patchway.api.ssm.SsmJson;
import io.patchway.baseline.KeptSnapshots;
import io.patchway.baseline.KeptSnapshots.Kept;
import java.util.Optional;
import java.util.UUID;

/** {@code /snapshots/ID}: a snapshot for whoever has a good link to it. */
public final class SnapshotPage implements Dialect {
    private final KeptSnapshots snapshots;
    private final SnapshotLinks links;

    public SnapshotPage(KeptSnapshots snapshots, SnapshotLinks links) {
        this.snapshots = snapshots;
        this.links = links;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/snapshots/{id}", this::show);
    }

    private void show(Context context) {
        Kept snapshot = asked(context.pathParam("id"))
                .flatMap(snapshots::find)
                .filter(kept -> links.isGood(
                        kept, number(context.queryParam("expires")), text(context.queryParam("signature"))))
                .orElseThrow(() -> new ForbiddenResponse(
                        "this link is not good, or no longer; ask GetDeployablePatchSnapshotForInstance for another"));
        context.contentType("application/json").result(SsmJson.text(SnapshotDocument.of(snapshot)));
    }

    private static Optional<UUID> asked(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A time long past when it is no number. */
    private static long number(String text) {
        return text(text).matches("[0-9]{1,12}") ? Long.parseLong(text) : 0;
    }

    private static String text(String parameter) {
        return Optional.ofNullable(parameter).orElse("");
    }
}
