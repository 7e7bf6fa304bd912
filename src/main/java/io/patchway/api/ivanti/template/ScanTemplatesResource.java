package io.patchway.api.ivanti.template;

import io.patchway.access.Role;
import io.patchway.api.ivanti.Envelope;
import io.patchway.api.ivanti.IvantiCall;
import io.patchway.api.ivanti.IvantiResource;
import io.patchway.api.ivanti.IvantiRoutes;
import io.patchway.api.ivanti.Links.Base;
import io.patchway.api.ivanti.Pages;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /patch/scanTemplates}: what scans look for. */
public final class ScanTemplatesResource implements IvantiResource {
    private static final String PATH = "patch/scanTemplates";
    private static final List<String> SPELLINGS = List.of(PATH, "patch/scanTemplate");
    private static final String WORD = "patch scan template";

    private final ScanTemplates templates;

    public ScanTemplatesResource(ScanTemplates templates) {
        this.templates = templates;
    }

    @Override
    public void addTo(IvantiRoutes routes) {
        for (String path : SPELLINGS) {
            routes.get(path, this::list)
                    .add("POST", path, Role.ADMINISTRATOR, this::create)
                    .get(path + "/{template}", this::one)
                    .add("PUT", path + "/{template}", Role.ADMINISTRATOR, this::replace)
                    .add("DELETE", path + "/{template}", Role.ADMINISTRATOR, this::delete)
                    .get(path + "/{template}/usedby", this::usedBy);
        }
    }

    /** The address of a template. */
    public static String path(UUID id) {
        return PATH + "/" + id;
    }

    private void list(IvantiCall call) {
        Pages.Wanted wanted = Pages.named(call);
        List<ScanTemplate> found = templates.all().stream()
                .filter(template -> wanted.isNamed(template.name(), template.path(), template.creator()))
                .toList();
        call.answer(Pages.byIndex(call, PATH, found, template -> model(template, call.links())));
    }

    private void one(IvantiCall call) {
        call.answer(model(templates.existing(call.guid("template", WORD)), call.links()));
    }

    private void create(IvantiCall call) {
        ScanTemplate template = templates.add(call.body(), call.user().name());
        call.header("Location", call.links().to(path(template.id()))).answer(201, model(template, call.links()));
    }

    private void replace(IvantiCall call) {
        ScanTemplate template = templates.replace(
                call.guid("template", WORD), call.body(), call.user().name());
        call.answer(model(template, call.links()));
    }

    private void delete(IvantiCall call) {
        templates.remove(call.guid("template", WORD), call.user().name());
        call.done();
    }

    private void usedBy(IvantiCall call) {
        templates.existing(call.guid("template", WORD));
        call.answer(Envelope.whole(List.of()).value());
    }

    private record Model(
            String creator,
            String description,
            UUID id,
            boolean isSystem,
            Map<String, Map<String, String>> links,
            String name,
            String path,
            Map<String, Object> patchFilter,
            int threadCount) {}

    private static Model model(ScanTemplate template, Base links) {
        return new Model(
                template.creator(),
                template.description(),
                template.id(),
                template.predefined(),
                Map.of(
                        "self", links.href(path(template.id())),
                        "usedby", links.href(path(template.id()) + "/usedby")),
                template.name(),
                template.path(),
                template.filter().orElse(PatchFilter.EVERYTHING).told(),
                template.threadCount());
    }
}
