package io.patchway.console;

import io.patchway.server.ServerId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Items that tell of each change that is made through them.
 *
 * @param changed is run after a change
 */
public record ToldItems(ConsoleItems items, Runnable changed) implements ConsoleItems {
    @Override
    public List<ConsoleItem> all(ItemKind kind) {
        return items.all(kind);
    }

    @Override
    public ConsoleItem add(ItemKind kind, String name, String document, String actor, Instant now) {
        ConsoleItem added = items.add(kind, name, document, actor, now);
        changed.run();
        return added;
    }

    @Override
    public Optional<ConsoleItem> replace(
            ItemKind kind, int number, String name, String document, String actor, Instant now) {
        Optional<ConsoleItem> replaced = items.replace(kind, number, name, document, actor, now);
        changed.run();
        return replaced;
    }

    @Override
    public boolean remove(ItemKind kind, int number, String actor, Instant now) {
        boolean removed = items.remove(kind, number, actor, now);
        changed.run();
        return removed;
    }

    @Override
    public Map<ServerId, Integer> numbers(Collection<ServerId> servers) {
        return items.numbers(servers);
    }
}
