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

/** {@code /patch/deployTemplates}: how patches are installed. */
public final class DeployTemplatesResource implements IvantiResource {
    private static final String PATH = "patch/deployTemplates";
    private static final String ONE = PATH + "/{template}";
    private static final String WORD = "deployment template";

    private final DeployTemplates templates;

    public DeployTemplatesResource(DeployTemplates templates) {
        this.templates = templates;
    }

    @Override
    public void addTo(IvantiRoutes routes) {
        routes.get(PATH, this::list)
                .add("POST", PATH, Role.ADMINISTRATOR, this::create)
                .get(PATH + "/customactions", call -> call.answer(Envelope.whole(List.of())))
                .get(ONE, this::one)
                .add("PUT", ONE, Role.ADMINISTRATOR, this::replace)
                .add("DELETE", ONE, Role.ADMINISTRATOR, this::delete)
                .get(ONE + "/customactions", call -> call.answer(Envelope.whole(List.of())))
                .get(ONE + "/usedby", this::usedBy);
    }

    /** The address of a template. */
    public static String path(UUID id) {
        return PATH + "/" + id;
    }

    private void list(IvantiCall call) {
        Pages.Wanted wanted = Pages.named(call);
        List<DeployTemplate> found = templates.all().stream()
                .filter(template ->
                        wanted.isNamed(template.name(), template.content().path(), template.creator()))
                .toList();
        call.answer(Pages.byIndex(call, PATH, found, template -> model(template, call.links())));
    }

    private void one(IvantiCall call) {
        call.answer(model(templates.existing(call.guid("template", WORD)), call.links()));
    }

    private void create(IvantiCall call) {
        DeployTemplate template = templates.add(call.body(), call.user().name());
        call.header("Location", call.links().to(path(template.id()))).answer(201, model(template, call.links()));
    }

    private void replace(IvantiCall call) {
        UUID id = call.guid("template", WORD);
        call.answer(model(templates.replace(id, call.body(), call.user().name()), call.links()));
    }

    private void delete(IvantiCall call) {
        templates.remove(call.guid("template", WORD), call.user().name());
        call.done();
    }

    private void usedBy(IvantiCall call) {
        templates.existing(call.guid("template", WORD));
        call.answer(List.of());
    }

    private record Model(
            String creator,
            String description,
            UUID id,
            boolean isSystem,
            Map<String, Map<String, String>> links,
            String name,
            String path,
            Reboot postDeploymentReboot) {}

    private record Reboot(String when, Options options) {}

    private record Options(String powerState, int countdownMinutes) {}

    private static Model model(DeployTemplate template, Base links) {
        DeployTemplate.Content content = template.content();
        return new Model(
                template.creator(),
                content.description(),
                template.id(),
                template.number().isEmpty(),
                Map.of(
                        "self", links.href(path(template.id())),
                        "usedby", links.href(path(template.id()) + "/usedby")),
                template.name(),
                content.path(),
                new Reboot(content.when(), new Options(content.powerState(), content.countdownMinutes())));
    }
}
