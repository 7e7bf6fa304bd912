package io.patchway.api.ivanti.template;

import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.console.ConsoleItem;
import io.patchway.console.ConsoleItems;
import io.patchway.console.ItemKind;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The patch groups there are. */
public final class PatchGroups {
    private final NamedItems items;

    public PatchGroups(ConsoleItems items, Clock clock) {
        this.items = new NamedItems(items, ItemKind.PATCH_GROUP, "patch group", name -> false, clock);
    }

    List<ConsoleItem> all() {
        return items.all();
    }

    Optional<PatchGroup> find(int number) {
        return items.find(number).map(PatchGroups::content);
    }

    /** @throws IvantiRefusal 404 */
    ConsoleItem existing(int number) {
        return items.existing(number);
    }

    static PatchGroup content(ConsoleItem item) {
        return Documents.read(item.document(), PatchGroup.class);
    }

    ConsoleItem add(String name, String path, String actor) {
        return items.add(name, new PatchGroup(path, List.of(), List.of()), actor);
    }

    ConsoleItem replace(int number, String name, PatchGroup content, String actor) {
        return items.replace(number, name, content, actor);
    }

    void remove(int number, String actor) {
        items.remove(number, actor);
    }
}
