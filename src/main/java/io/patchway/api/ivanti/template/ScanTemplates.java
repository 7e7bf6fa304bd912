package io.patchway.api.ivanti.template;

import io.patchway.api.ivanti.Body;
import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.console.ConsoleItem;
import io.patchway.console.ConsoleItems;
import io.patchway.console.ItemKind;
import io.patchway.run.PatchOverride.BaselineList;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The scan templates there are. */
public final class ScanTemplates {
    private static final String WORD = "patch scan template";

    private final NamedItems items;
    private final PatchGroups groups;

    /** What is kept of one. */
    record Content(String description, String path, int threadCount, PatchFilter filter) {}

    public ScanTemplates(ConsoleItems items, PatchGroups groups, Clock clock) {
        this.items = new NamedItems(
                items,
                ItemKind.SCAN_TEMPLATE,
                WORD,
                name -> ScanTemplate.PREDEFINED.stream()
                        .anyMatch(template -> template.name().equalsIgnoreCase(name)),
                clock);
        this.groups = groups;
    }

    /** Those that ship with the product first, then in the order in which they were made. */
    List<ScanTemplate> all() {
        return Stream.concat(
                        ScanTemplate.PREDEFINED.stream(), items.all().stream().map(ScanTemplates::template))
                .toList();
    }

    public Optional<ScanTemplate> find(UUID id) {
        return all().stream().filter(template -> template.id().equals(id)).findFirst();
    }

    /** @throws IvantiRefusal 404 */
    ScanTemplate existing(UUID id) {
        return find(id).orElseThrow(() -> IvantiRefusal.unknown(WORD, id));
    }

    ScanTemplate add(Body body, String actor) {
        return template(items.add(body.requiredText("name"), content(body), actor));
    }

    ScanTemplate replace(UUID id, Body body, String actor) {
        int number = own(id).number().orElseThrow();
        return template(items.replace(number, body.requiredText("name"), content(body), actor));
    }

    void remove(UUID id, String actor) {
        items.remove(own(id).number().orElseThrow(), actor);
    }

    private ScanTemplate own(UUID id) {
        ScanTemplate template = existing(id);
        if (template.predefined()) {
            throw new IvantiRefusal(
                    400, "The template '" + template.name() + "' ships with Patchway and stays as it is.");
        }
        return template;
    }

    private Content content(Body body) {
        PatchFilter filter = body.object("patchFilter").map(PatchFilter::read).orElse(PatchFilter.SECURITY);
        filter.groups().forEach(number -> {
            if (groups.find(number).isEmpty()) {
                throw IvantiRefusal.of(
                        "patchFilter.patchGroupIds", "names the patch group " + number + ", which there is not");
            }
        });
        return new Content(
                body.text("description").orElse(""),
                body.text("path").orElse(""),
                body.number("threadCount", 1, 1024).orElse(ScanTemplate.usualThreads()),
                filter);
    }

    private static ScanTemplate template(ConsoleItem item) {
        Content content = Documents.read(item.document(), Content.class);
        return new ScanTemplate(
                item.guid(),
                Optional.of(item.number()),
                item.name(),
                content.description(),
                content.path(),
                item.creator(),
                content.threadCount(),
                Optional.of(content.filter()));
    }

    /** What takes the place of the servers' baselines in a scan; empty: nothing does. */
    public Optional<BaselineList> baselines(ScanTemplate template) {
        return template.filter()
                .map(filter -> TemplateBaselines.of(
                        template.name(),
                        filter,
                        filter.groups().stream()
                                .flatMap(number -> groups.find(number).stream())
                                .toList()));
    }

    /** The templates that look for what is in a patch group. */
    List<ScanTemplate> using(int patchGroup) {
        return all().stream()
                .filter(template -> template.filter()
                        .filter(filter -> filter.groups().contains(patchGroup))
                        .isPresent())
                .toList();
    }
}
