package io.patchway.api.ivanti.template;

import io.patchway.api.ivanti.IvantiRefusal;
import io.patchway.console.ConsoleItem;
import io.patchway.console.ConsoleItems;
import io.patchway.console.ConsoleItems.NameTakenException;
import io.patchway.console.ItemKind;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** The items of one kind, and how the console refuses what cannot be done with them. */
public final class NamedItems {
    private final ConsoleItems items;
    private final ItemKind kind;
    private final String word;
    private final Predicate<String> predefined;
    private final Clock clock;

    /**
     * @param word what people call one, such as {@code patch group}
     * @param predefined whether something that ships with the product has this name
     */
    public NamedItems(ConsoleItems items, ItemKind kind, String word, Predicate<String> predefined, Clock clock) {
        this.items = items;
        this.kind = kind;
        this.word = word;
        this.predefined = predefined;
        this.clock = clock;
    }

    public List<ConsoleItem> all() {
        return items.all(kind);
    }

    public Optional<ConsoleItem> find(int number) {
        return all().stream().filter(item -> item.number() == number).findFirst();
    }

    public Optional<ConsoleItem> find(UUID guid) {
        return all().stream().filter(item -> item.guid().equals(guid)).findFirst();
    }

    /** @throws IvantiRefusal 404 */
    public ConsoleItem existing(int number) {
        return find(number).orElseThrow(() -> IvantiRefusal.unknown(word, number));
    }

    /** @throws IvantiRefusal 409 when the name is given already */
    public ConsoleItem add(String name, Object document, String actor) {
        refusePredefined(name);
        try {
            return items.add(kind, name, Documents.of(document), actor, clock.instant());
        } catch (NameTakenException e) {
            throw IvantiRefusal.taken(word, name);
        }
    }

    /** @throws IvantiRefusal 404, or 409 when another one has the name */
    public ConsoleItem replace(int number, String name, Object document, String actor) {
        refusePredefined(name);
        try {
            return items.replace(kind, number, name, Documents.of(document), actor, clock.instant())
                    .orElseThrow(() -> IvantiRefusal.unknown(word, number));
        } catch (NameTakenException e) {
            throw IvantiRefusal.taken(word, name);
        }
    }

    private void refusePredefined(String name) {
        if (predefined.test(name)) {
            throw IvantiRefusal.taken(word, name);
        }
    }

    /** @throws IvantiRefusal 404 */
    public void remove(int number, String actor) {
        if (!items.remove(kind, number, actor, clock.instant())) {
            throw IvantiRefusal.unknown(word, number);
        }
    }
}
