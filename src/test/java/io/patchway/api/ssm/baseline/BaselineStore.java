package io.patchway.api.ssm.baseline;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.patchway.SettableClock;
import io.patchway.access.Caller;
import io.patchway.access.Role;
import io.patchway.api.ssm.ClientTokens;
import io.patchway.api.ssm.SsmJson;
import io.patchway.baseline.BaselineBuilder;
import io.patchway.baseline.BaselineId;
import io.patchway.baseline.BaselineIntake.Declared;
import io.patchway.baseline.CatalogueLimits;
import io.patchway.baseline.PatchBaseline;
import io.patchway.server.OperatingSystem;
import io.patchway.store.Database;
import io.patchway.store.DatabaseSettings;
import io.patchway.store.SqlBaselineCatalogue;
import io.patchway.store.SqlBaselineIntake;
import io.patchway.store.SqlBaselines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A store of baselines in memory, with a predefined one for each operating system, and one of a file. */
public final class BaselineStore implements AutoCloseable {
    public static final Caller ALICE = new Caller("alice", Role.ADMINISTRATOR);
    public static final BaselineNames NAMES = new BaselineNames("us-east-2", "123456789012");
    public static final BaselineId OF_FILE = BaselineId.ofName("of-file");

    public final SettableClock clock = new SettableClock(Instant.parse("2018-03-09T02:23:57.968Z"));
    public final Database database;
    public final SqlBaselineCatalogue catalogue;
    public final SqlBaselines baselines;
    private final AtomicInteger created = new AtomicInteger();

    public BaselineStore() {
        database = Database.open(DatabaseSettings.at("jdbc:h2:mem:" + UUID.randomUUID()));
        catalogue = new SqlBaselineCatalogue(database, "node-1", new CatalogueLimits(20, 2), clock);
        List<Declared> present = new ArrayList<>();
        for (OperatingSystem system : OperatingSystem.values()) {
            present.add(new Declared(predefined(system), Optional.empty()));
        }
        PatchBaseline own =
                BaselineBuilder.on(OperatingSystem.DEBIAN).named("of-file").build();
        present.add(new Declared(own, Optional.of("config/baselines/own.json")));
        new SqlBaselineIntake(database, "node-1", clock).bringIn(present, Set.of());
        baselines = new SqlBaselines(
                database,
                Arrays.stream(OperatingSystem.values())
                        .collect(Collectors.toMap(
                                Function.identity(),
                                system -> BaselineId.ofName(predefined(system).name()))));
    }

    public PatchBaselineOperations operations() {
        return new PatchBaselineOperations(baselines, catalogue, this::once, NAMES);
    }

    /** Counts up instead of remembering tokens. */
    private String once(
            String operation,
            Caller caller,
            Optional<String> token,
            Object request,
            Function<ClientTokens.NewId, String> create) {
        int number = created.incrementAndGet();
        return create.apply(new ClientTokens.NewId() {
            @Override
            public String hex17() {
                return "%017x".formatted(number);
            }

            @Override
            public UUID uuid() {
                return new UUID(0, number);
            }
        });
    }

    public String create(String json) {
        return operations().create(ALICE, read(json, CreatePatchBaseline.class)).baselineId();
    }

    /** A request as it comes off the wire. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return SsmJson.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    public static PatchBaseline predefined(OperatingSystem system) {
        return BaselineBuilder.on(system).named("AWS-" + system).build();
    }

    @Override
    public void close() {
        database.close();
    }
}
