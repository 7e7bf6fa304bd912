package io.patchway.server;

import java.util.List;
import java.util.Set;

/** One condition that says which servers are meant; looked up anew each time it is asked. */
public sealed interface ServerSelector {

    /** Whether a server fulfils the condition as it is now. */
    boolean means(Server server);

    /** Servers by their ids. */
    record Ids(Set<ServerId> ids) implements ServerSelector {
        public Ids {
            ids = Set.copyOf(ids);
        }

        @Override
        public boolean means(Server server) {
            return ids.contains(server.id());
        }
    }

    /** Servers whose tag has one of these values. */
    record TagValue(String tag, List<String> values) implements ServerSelector {
        public TagValue {
            values = List.copyOf(values);
        }

        @Override
        public boolean means(Server server) {
            String value = server.tags().get(tag);
            return value != null && values.contains(value);
        }
    }

    /** Servers that carry one of these tags, whatever its value. */
    record TagKey(List<String> tags) implements ServerSelector {
        public TagKey {
            tags = List.copyOf(tags);
        }

        @Override
        public boolean means(Server server) {
            return tags.stream().anyMatch(server.tags()::containsKey);
        }
    }

    /** Members of one of these server groups. */
    record Group(List<String> groups) implements ServerSelector {
        public Group {
            groups = List.copyOf(groups);
        }

        @Override
        public boolean means(Server server) {
            return groups.stream().anyMatch(server.groups()::contains);
        }
    }
}
