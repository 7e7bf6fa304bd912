package io.patchway.api.ssm.window;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.access.Caller;
import io.patchway.access.Role;
import io.patchway.api.ssm.ClientTokens;
import io.patchway.api.ssm.NodeIds;
import io.patchway.api.ssm.OperationTable;
import io.patchway.api.ssm.SelectedServers;
import io.patchway.api.ssm.SsmJson;
import io.patchway.config.ListedServers;
import io.patchway.run.ExecutionNumber;
import io.patchway.run.History;
import io.patchway.run.Hook;
import io.patchway.run.Page;
import io.patchway.run.RequestId;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.run.RequestSummary;
import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.TargetLookup;
import io.patchway.run.window.WindowEngine;
import io.patchway.run.window.WindowWorld;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Inventory;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import io.patchway.tag.ResourceType;
import io.patchway.tag.Tags;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Calls operations about windows with JSON, past the door; web-01 and web-02 carry the tag {@code Role}. */
final class WindowCalls {
    static final Caller CALLER = new Caller("tester", Role.ADMINISTRATOR);

    final WindowWorld world;
    final Map<String, Map<String, String>> tags = new HashMap<>();
    final WindowEngine engine;
    private final OperationTable table;

    WindowCalls(WindowWorld world, StoredWindow... ofFiles) {
        this.world = world;
        Inventory inventory = new ListedServers(List.of(server("web-01"), server("web-02")));
        TargetLookup lookup = new SelectedServers(inventory, new NodeIds(inventory));
        this.engine = world.node(lookup, ofFiles);
        this.table = OperationTable.of(WindowGroups.of(
                world.windows(ofFiles),
                world.book,
                world.executions,
                new RunsOfTheWorld(),
                inventory,
                new TagsInMemory(),
                new TokensInMemory(),
                () -> List.of(new Hook("drain", "exit 0")),
                world.clock));
    }

    private static Server server(String id) {
        return new Server(
                new ServerId(id),
                id,
                Set.of(),
                Map.of("Role", "web"),
                Optional.empty(),
                false,
                new ConnectionSettings.Local());
    }

    /** The answer to a call with apostrophes for quotation marks. */
    JsonNode call(String operation, String request) {
        try {
            OperationTable.Operation<?> found = table.find(operation).orElseThrow();
            Object input = SsmJson.mapper().readValue(request.replace('\'', '"'), found.input());
            return SsmJson.mapper()
                    .reader()
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(SsmJson.text(found.answer(CALLER, input)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(request, e);
        }
    }

    /** Lets the engine look at everything that is due, a few seconds later. */
    void look() {
        world.clock.advance(Duration.ofSeconds(5));
        engine.runner().due().forEach(engine.runner()::advance);
    }

    private final class RunsOfTheWorld implements History {
        @Override
        public Page<RunReport> runs(RequestId request, Optional<String> cursor, int limit) {
            List<RunReport> all = world.runs.report(request).orElseThrow().runs();
            int from = cursor.map(Integer::parseInt).orElse(0);
            int to = Math.min(all.size(), from + limit);
            return new Page<>(
                    all.subList(from, to), to < all.size() ? Optional.of(String.valueOf(to)) : Optional.empty());
        }

        @Override
        public Page<RequestSummary> requests(Optional<String> cursor, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<RequestSummary> request(RequestId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ServerHistory> run(ExecutionNumber number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Page<ServerHistory> runs(ServerId server, Optional<String> cursor, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Page<ServerHistory> installs(ServerId server, Optional<String> cursor, int limit) {
            throw new UnsupportedOperationException();
        }
    }

    private final class TagsInMemory implements Tags {
        @Override
        public SortedMap<String, String> of(ResourceType type, String resource) {
            return new TreeMap<>(tags.getOrDefault(resource, Map.of()));
        }

        @Override
        public Map<String, Map<String, String>> all(ResourceType type) {
            return tags;
        }

        @Override
        public void add(
                ResourceType type,
                String resource,
                Map<String, String> added,
                Consumer<? super Map<String, String>> check,
                String actor) {
            check.accept(added);
            tags.computeIfAbsent(resource, none -> new TreeMap<>()).putAll(added);
        }

        @Override
        public void remove(ResourceType type, String resource, Collection<String> keys, String actor) {
            tags.getOrDefault(resource, new TreeMap<>()).keySet().removeAll(List.copyOf(keys));
        }
    }

    private static final class TokensInMemory implements ClientTokens {
        private final Map<String, NewId> ids = new HashMap<>();

        @Override
        public String once(
                String operation,
                Caller caller,
                Optional<String> token,
                Object request,
                Function<NewId, String> create) {
            return create.apply(
                    ids.computeIfAbsent(token.orElseGet(() -> UUID.randomUUID().toString()), each -> fresh()));
        }

        private static NewId fresh() {
            UUID id = UUID.randomUUID();
            return new NewId() {
                @Override
                public String hex17() {
                    return id.toString().replace("-", "").substring(0, 17);
                }

                @Override
                public UUID uuid() {
                    return id;
                }
            };
        }
    }
}
