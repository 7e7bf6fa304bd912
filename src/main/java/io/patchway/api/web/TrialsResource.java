package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.patchway.baseline.BaselineCatalogue;
import io.patchway.baseline.BaselineVersion;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.StoredBaseline;
import io.patchway.baseline.UnclearBaselineException;
import io.patchway.baseline.VersionEntry;
import io.patchway.config.TrialDocument;
import io.patchway.config.TrialDocument.Asked;
import io.patchway.explain.BaselineTrials;
import io.patchway.explain.ServerTrial;
import io.patchway.explain.TrialOrder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code /api/baselines/evaluate}: what a baseline would do, held against scans that were kept. Changes nothing. */
public final class TrialsResource implements Resource {
    private final Baselines baselines;
    private final BaselineCatalogue catalogue;
    private final BaselineTrials trials;

    public TrialsResource(Baselines baselines, BaselineCatalogue catalogue, BaselineTrials trials) {
        this.baselines = baselines;
        this.catalogue = catalogue;
        this.trials = trials;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/baselines/evaluate", this::evaluate);
    }

    /**
     * 200 with one page of servers and what would be installed on each; {@code next} is what to put into {@code behind}
     * for the next page. 400 when the question is wrong, 404 when a baseline or version is not there.
     */
    private void evaluate(Context context) throws IOException {
        TrialDocument question = OrderReader.read(context, TrialDocument::read);
        Subject subject = subject(question.baseline());
        Optional<Subject> other = question.comparedWith().map(this::subject);
        List<ServerTrial> servers = trials.run(new TrialOrder(
                subject.content(),
                other.map(Subject::content),
                question.day(),
                question.at(),
                question.behind(),
                question.limit()));
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("baseline", subject.document());
        other.ifPresent(compared -> document.set("comparedWith", compared.document()));
        ArrayNode list = document.putArray("servers");
        servers.forEach(server -> list.add(TrialAnswer.of(server)));
        if (servers.size() == question.limit()) {
            document.put("next", servers.getLast().server().value());
        }
        context.json(document);
    }

    private Subject subject(Asked asked) {
        return switch (asked) {
            case Asked.Written written ->
                new Subject(
                        written.baseline(),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("name", written.baseline().name()));
            case Asked.Kept kept -> subject(kept);
        };
    }

    private Subject subject(Asked.Kept kept) {
        try {
            StoredBaseline stored = baselines.existing(kept.reference());
            int version = kept.version().orElse(stored.version());
            PatchBaseline content = catalogue
                    .version(new BaselineVersion(stored.id(), version))
                    .map(VersionEntry::content)
                    .orElseThrow(
                            () -> new NotFoundResponse("baseline " + stored.id().value() + " has no version " + version
                                    + "; its latest is " + stored.version()));
            return new Subject(
                    content,
                    ExplanationsResource.of(stored).put("version", version).put("name", content.name()));
        } catch (UnclearBaselineException e) {
            throw new BadRequestResponse(String.valueOf(e.getMessage()));
        }
    }

    /** A baseline that is asked about, and what it is called in the answer. */
    private record Subject(PatchBaseline content, ObjectNode document) {}
}
