package io.patchway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.SettableClock;
import io.patchway.baseline.BaselineCatalogue;
import io.patchway.baseline.BaselineId;
import io.patchway.baseline.BaselineVersion;
import io.patchway.baseline.CatalogueLimits;
import io.patchway.baseline.CatalogueRefusal;
import io.patchway.baseline.CatalogueRefusal.Kind;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.StoredBaseline;
import io.patchway.baseline.StoredBaseline.Owner;
import io.patchway.baseline.UnclearBaselineException;
import io.patchway.baseline.VersionEntry;
import io.patchway.server.OperatingSystem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stored baselines promise, on every database. */
abstract class BaselineContract extends StoreContract {
    private static final BaselineId ONE = new BaselineId("pb-00000000000000001");
    private static final BaselineId TWO = new BaselineId("pb-00000000000000002");
    private static final BaselineId THREE = new BaselineId("pb-00000000000000003");
    /** The service knows no finer times. */
    private static final Instant STORED = Samples.NOON.truncatedTo(ChronoUnit.MILLIS);

    private static final OperatingSystem SYSTEM = OperatingSystem.ROCKY_LINUX;

    private final SettableClock clock = new SettableClock(STORED);
    private BaselineCatalogue catalogue;
    private SqlBaselines baselines;

    @BeforeEach
    void openCatalogue() {
        catalogue = new SqlBaselineCatalogue(database, "node-1", new CatalogueLimits(3, 2), clock);
        baselines = new SqlBaselines(database, Map.of(SYSTEM, ONE));
    }

    @Test
    void aCreatedBaselineIsFoundByIdByArnAndByName() {
        catalogue.create(ONE, named("web"), Map.of("team", "ops"), "alice");

        StoredBaseline found = baselines.find(ONE).orElseThrow();
        assertThat(found).isEqualTo(new StoredBaseline(ONE, 1, Owner.API, named("web"), STORED, STORED));
        assertThat(baselines.find("arn:aws:ssm:us-east-1:123456789012:patchbaseline/" + ONE))
                .contains(found);
        assertThat(baselines.find("web")).contains(found);
        assertThat(baselines.all()).containsExactly(found);
        assertThat(audit()).containsExactly("alice baseline.created baseline " + ONE + " version 1");
    }

    @Test
    void theAuditLogDoesNotTellTheConfigurationOfASource() {
        catalogue.create(ONE, named("web"), Map.of(), "alice");

        assertThat(baselines.find(ONE).orElseThrow().content().sources())
                .isEqualTo(Samples.baseline().sources());
        assertThat(database.<String>inTransaction(handle -> handle.createQuery("select detail from audit_pending")
                        .mapTo(String.class)
                        .one()))
                .contains("curl-*")
                .doesNotContain("mirror.example.org");
    }

    @Test
    void creatingTheSameIdAgainChangesNothingEvenAfterItWasDeleted() {
        catalogue.create(ONE, named("web"), Map.of(), "alice");
        catalogue.create(ONE, named("other"), Map.of(), "alice");
        assertThat(baselines.find(ONE).orElseThrow().name()).isEqualTo("web");

        catalogue.delete(ONE, "alice");
        catalogue.create(ONE, named("web"), Map.of(), "alice");

        assertThat(baselines.find(ONE)).isEmpty();
    }

    @Test
    void aNameThatSeveralHaveIsRefusedByNamingTheirIds() {
        catalogue.create(ONE, named("web"), Map.of(), "alice");
        catalogue.create(TWO, named("web"), Map.of(), "alice");

        assertThatThrownBy(() -> baselines.find("web"))
                .isInstanceOf(UnclearBaselineException.class)
                .hasMessage("2 baselines are called 'web'; name one by its id: " + ONE + ", " + TWO);
        assertThat(baselines.find(TWO.value())).isPresent();
    }

    @Test
    void everyVersionIsKept() {
        catalogue.create(ONE, named("web"), Map.of(), "alice");
        clock.advance(Duration.ofMinutes(1));
        StoredBaseline updated = catalogue.update(ONE, before -> named("web-2"), "bob");
        clock.advance(Duration.ofMinutes(1));
        catalogue.delete(ONE, "carol");

        assertThat(updated.version()).isEqualTo(2);
        assertThat(updated.createdAt()).isEqualTo(STORED);
        assertThat(updated.modifiedAt()).isEqualTo(STORED.plusSeconds(60));
        assertThat(catalogue.versions(ONE))
                .containsExactly(
                        new VersionEntry(new BaselineVersion(ONE, 1), named("web"), STORED, "alice"),
                        new VersionEntry(new BaselineVersion(ONE, 2), named("web-2"), STORED.plusSeconds(60), "bob"));
        assertThat(catalogue.version(new BaselineVersion(ONE, 1)).orElseThrow().content())
                .isEqualTo(named("web"));
        assertThat(catalogue.version(new BaselineVersion(ONE, 3))).isEmpty();
        assertThat(audit()).hasSize(3);
    }

    @Test
    void aChangeThatChangesNothingMovesTheDateAndMakesNoVersion() {
        catalogue.create(ONE, named("web"), Map.of(), "alice");
        clock.advance(Duration.ofMinutes(1));

        StoredBaseline updated = catalogue.update(ONE, before -> before, "bob");

        assertThat(updated.version()).isEqualTo(1);
        assertThat(baselines.find(ONE)).contains(updated);
        assertThat(updated.modifiedAt()).isEqualTo(STORED.plusSeconds(60));
        assertThat(audit()).hasSize(2);
    }

    @Test
    void aChangeThatIsRefusedLeavesNothingBehind() {
        catalogue.create(ONE, named("web"), Map.of(), "alice");

        assertThatThrownBy(() -> catalogue.update(
                        ONE,
                        before -> {
                            throw new IllegalArgumentException("no");
                        },
                        "bob"))
                .hasMessage("no");
        assertThat(baselines.find(ONE).orElseThrow().version()).isEqualTo(1);
        refused(Kind.UNKNOWN, () -> catalogue.update(TWO, before -> before, "bob"), "does not exist");
        assertThat(audit()).hasSize(1);
    }

    @Test
    void changesAtTheSameTimeAllCount() throws Exception {
        catalogue.create(ONE, named("web"), Map.of(), "alice");
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<StoredBaseline>> changes = IntStream.range(0, 40)
                    .<Callable<StoredBaseline>>mapToObj(number ->
                            () -> catalogue.update(ONE, before -> named(before.name() + number % 2), "bob"))
                    .toList();
            for (Future<StoredBaseline> change : many.invokeAll(changes)) {
                change.get();
            }
        }

        StoredBaseline last = baselines.find(ONE).orElseThrow();
        assertThat(last.version()).isEqualTo(41);
        assertThat(last.name()).hasSize("web".length() + 40);
        assertThat(catalogue.versions(ONE)).hasSize(41);
    }

    @Test
    void theDefaultIsWhatWasRegisteredLastElseThePredefinedOne() {
        catalogue.create(ONE, named("shipped"), Map.of(), "alice");
        catalogue.create(TWO, named("own"), Map.of(), "alice");
        assertThat(baselines.defaultFor(SYSTEM).id()).isEqualTo(ONE);

        catalogue.registerDefault(TWO, "alice");
        assertThat(baselines.defaultFor(SYSTEM).id()).isEqualTo(TWO);
        refused(Kind.IN_USE, () -> catalogue.delete(TWO, "alice"), "is the default for ROCKY_LINUX");

        catalogue.registerDefault(ONE, "alice");
        assertThat(baselines.defaultFor(SYSTEM).id()).isEqualTo(ONE);
        catalogue.delete(TWO, "alice");
        assertThat(baselines.find(TWO)).isEmpty();
        refused(Kind.UNKNOWN, () -> catalogue.registerDefault(TWO, "alice"), "does not exist");
    }

    @Test
    void aPatchGroupHasOneBaselineForEachOperatingSystem() {
        catalogue.create(ONE, named("web"), Map.of(), "alice");
        catalogue.create(TWO, named("other"), Map.of(), "alice");
        catalogue.registerGroup(ONE, "production", "alice");
        catalogue.registerGroup(ONE, "production", "alice");

        assertThat(baselines.servingGroup("production", SYSTEM))
                .map(StoredBaseline::id)
                .contains(ONE);
        assertThat(baselines.servingGroup("Production", SYSTEM)).isEmpty();
        assertThat(baselines.servingGroup("production", OperatingSystem.DEBIAN)).isEmpty();
        assertThat(catalogue.groupsOf(ONE)).containsExactly("production");
        refused(
                Kind.GROUP_TAKEN,
                () -> catalogue.registerGroup(TWO, "production", "alice"),
                "Patch Group baseline already has a baseline registered for OperatingSystem ROCKY_LINUX.");
        refused(
                Kind.IN_USE,
                () -> catalogue.delete(ONE, "alice"),
                "PatchBaseline to be deleted is used for Patch Group: production");

        catalogue.deregisterGroup(TWO, "production", "alice");
        assertThat(catalogue.groups()).hasSize(1);
        catalogue.deregisterGroup(ONE, "production", "alice");
        assertThat(catalogue.groups()).isEmpty();
        refused(Kind.UNKNOWN, () -> catalogue.deregisterGroup(THREE, "production", "alice"), "does not exist");
        catalogue.delete(ONE, "alice");
    }

    @Test
    void thereAreLimits() {
        catalogue.create(ONE, named("one"), Map.of(), "alice");
        catalogue.create(TWO, named("two"), Map.of(), "alice");
        catalogue.create(THREE, named("three"), Map.of(), "alice");
        catalogue.registerGroup(ONE, "a", "alice");
        catalogue.registerGroup(ONE, "b", "alice");

        refused(
                Kind.TOO_MANY,
                () -> catalogue.create(new BaselineId("pb-00000000000000004"), named("four"), Map.of(), "alice"),
                "no more than 3");
        refused(Kind.TOO_MANY, () -> catalogue.registerGroup(ONE, "c", "alice"), "serves 2 patch groups");
        catalogue.create(THREE, named("three"), Map.of(), "alice");
        catalogue.registerGroup(ONE, "a", "alice");
    }

    private static void refused(Kind kind, Runnable change, String message) {
        assertThatThrownBy(change::run)
                .isInstanceOfSatisfying(
                        CatalogueRefusal.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(kind))
                .hasMessageContaining(message);
    }

    private List<String> audit() {
        return database.inTransaction(handle -> handle.createQuery(
                        "select actor || ' ' || action || ' ' || subject from audit_pending" + " order by id")
                .mapTo(String.class)
                .list());
    }

    static PatchBaseline named(String name) {
        PatchBaseline sample = Samples.baseline();
        return new PatchBaseline(
                name,
                sample.description(),
                SYSTEM,
                sample.globalFilters(),
                sample.approvalRules(),
                sample.approvedPatches(),
                sample.approvedPatchesComplianceLevel(),
                sample.approvedPatchesEnableNonSecurity(),
                sample.rejectedPatches(),
                sample.rejectedPatchesAction(),
                sample.sources(),
                sample.availableSecurityUpdates(),
                false);
    }
}
