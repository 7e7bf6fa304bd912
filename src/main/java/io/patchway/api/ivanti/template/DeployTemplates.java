package io.patchway.api.ivanti.template;

import io.patchway.api.ivanti.Body;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.api.ivanti.template.DeployTemplate.Content;
import io.patchway.console.ConsoleItem;
import io.patchway.console.ConsoleItems;
import io.patchway.console.ItemKind;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The deployment templates there are. */
public final class DeployTemplates {
    private static final String WORD = "deployment template";

    private final NamedItems items;

    public DeployTemplates(ConsoleItems items, Clock clock) {
        this.items = new NamedItems(
                items,
                ItemKind.DEPLOYMENT_TEMPLATE,
                WORD,
                name -> DeployTemplate.PREDEFINED.stream()
                        .anyMatch(template -> template.name().equalsIgnoreCase(name)),
                clock);
    }

    List<DeployTemplate> all() {
        return Stream.concat(
                        DeployTemplate.PREDEFINED.stream(), items.all().stream().map(DeployTemplates::template))
                .toList();
    }

    public Optional<DeployTemplate> find(UUID id) {
        return all().stream().filter(template -> template.id().equals(id)).findFirst();
    }

    /** @throws IvantiRefusal 404 */
    DeployTemplate existing(UUID id) {
        return find(id).orElseThrow(() -> IvantiRefusal.unknown(WORD, id));
    }

    DeployTemplate add(Body body, String actor) {
        return template(items.add(body.requiredText("name"), content(body), actor));
    }

    DeployTemplate replace(UUID id, Body body, String actor) {
        return template(items.replace(own(id), body.requiredText("name"), content(body), actor));
    }

    void remove(UUID id, String actor) {
        items.remove(own(id), actor);
    }

    private int own(UUID id) {
        DeployTemplate template = existing(id);
        return template.number()
                .orElseThrow(() -> new IvantiRefusal(
                        400, "The template '" + template.name() + "' ships with Patchway and stays as it is."));
    }

    private static Content content(Body body) {
        Optional<Body> reboot = body.object("postDeploymentReboot");
        Optional<Body> options = reboot.flatMap(one -> one.object("options"));
        return new Content(
                body.text("description").orElse(""),
                body.text("path").orElse(""),
                reboot.flatMap(one -> one.word("when", DeployTemplate.REBOOTS)).orElse(DeployTemplate.IF_REQUIRED),
                options.flatMap(one -> one.word("powerState", List.of(DeployTemplate.RESTART)))
                        .orElse(DeployTemplate.RESTART),
                options.flatMap(one -> one.number("countdownMinutes", 0, 10_000))
                        .orElse(0));
    }

    private static DeployTemplate template(ConsoleItem item) {
        return new DeployTemplate(
                item.guid(),
                Optional.of(item.number()),
                item.name(),
                item.creator(),
                Documents.read(item.document(), Content.class));
    }
}
