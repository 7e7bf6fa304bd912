package io.patchway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.SettableClock;
import io.patchway.baseline.BaselineBuilder;
import io.patchway.baseline.BaselineCatalogue;
import io.patchway.baseline.BaselineId;
import io.patchway.baseline.BaselineIntake;
import io.patchway.baseline.BaselineIntake.Declared;
import io.patchway.baseline.CatalogueLimits;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.StoredBaseline;
import io.patchway.baseline.StoredBaseline.Owner;
import io.patchway.server.OperatingSystem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Baselines of files, predefined ones and those of the API are the same kind of thing, on every database. */
abstract class BaselineIntakeContract extends StoreContract {
    /** The service knows no finer times. */
    private static final Instant STORED = Samples.NOON.truncatedTo(ChronoUnit.MILLIS);

    private static final OperatingSystem SYSTEM = OperatingSystem.ROCKY_LINUX;
    private static final BaselineId OF_API = new BaselineId("pb-00000000000000001");
    private static final BaselineId SHIPPED = BaselineId.ofName("shipped");
    private static final BaselineId WEB = BaselineId.ofName("web");
    private static final String FILE = "config/baselines/web.json";

    private final SettableClock clock = new SettableClock(STORED);
    private BaselineIntake intake;
    private BaselineCatalogue catalogue;
    private SqlBaselines baselines;

    @BeforeEach
    void open() {
        intake = new SqlBaselineIntake(database, "node-1", clock);
        catalogue = new SqlBaselineCatalogue(database, "node-1", CatalogueLimits.GENEROUS, clock);
        baselines = new SqlBaselines(database, Map.of(SYSTEM, SHIPPED));
    }

    @Test
    void whatAFileSaysIsListedAndServesPatchGroupsLikeAnyOther() {
        start(file("curl", false));

        StoredBaseline web = baselines.find("web").orElseThrow();
        assertThat(web.id()).isEqualTo(WEB);
        assertThat(web.owner()).isEqualTo(Owner.FILE);
        assertThat(baselines.all()).extracting(StoredBaseline::name).containsExactly("shipped", "web");
        catalogue.registerGroup(WEB, "production", "alice");
        assertThat(baselines.servingGroup("production", SYSTEM)).contains(web);
    }

    @Test
    void aStartWithTheSameFilesChangesNothing() {
        start(file("curl", true));
        List<StoredBaseline> before = baselines.all();
        int told = told();
        clock.advance(Duration.ofDays(1));

        start(file("curl", true));

        assertThat(baselines.all()).isEqualTo(before);
        assertThat(told()).isEqualTo(told);
    }

    @Test
    void aFileThatChangedIsANewVersion() {
        start(file("curl", false));
        clock.advance(Duration.ofDays(1));

        start(file("wget", false));

        StoredBaseline web = baselines.find(WEB).orElseThrow();
        assertThat(web.version()).isEqualTo(2);
        assertThat(web.createdAt()).isEqualTo(STORED);
        assertThat(web.modifiedAt()).isEqualTo(STORED.plus(Duration.ofDays(1)));
        assertThat(catalogue.versions(WEB))
                .extracting(entry -> entry.content().approvedPatches())
                .containsExactly(List.of("curl"), List.of("wget"));
    }

    @Test
    void filesAndPredefinedOnesRefuseChangesAndSayWhereTheyAreMade() {
        start(file("curl", false));

        assertThatThrownBy(() -> catalogue.update(WEB, before -> before, "alice"))
                .hasMessageContaining("belongs to the file " + FILE);
        assertThatThrownBy(() -> catalogue.delete(WEB, "alice")).hasMessageContaining(FILE);
        assertThatThrownBy(() -> catalogue.update(SHIPPED, before -> before, "alice"))
                .hasMessageContaining("is predefined");
        assertThatThrownBy(() -> catalogue.delete(SHIPPED, "alice")).hasMessageContaining("is predefined");
    }

    @Test
    void theBaselineOfAFileThatIsGoneIsNoLongerListedButItsVersionsAre() {
        start(file("curl", false));

        assertThat(start()).isEmpty();

        assertThat(baselines.find("web")).isEmpty();
        assertThat(catalogue.versions(WEB)).hasSize(1);
        start(file("curl", false));
        assertThat(baselines.find(WEB).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void aFileThatIsGoneGoesOnServingThePatchGroupThatNeedsIt() {
        start(file("curl", false));
        catalogue.registerGroup(WEB, "production", "alice");

        assertThat(start()).extracting(StoredBaseline::id).containsExactly(WEB);
        assertThat(start()).extracting(StoredBaseline::id).containsExactly(WEB);

        assertThat(baselines.servingGroup("production", SYSTEM)).isPresent();
        assertThat(baselines.all()).extracting(StoredBaseline::name).contains("web");
        catalogue.deregisterGroup(WEB, "production", "alice");
        assertThat(baselines.all()).extracting(StoredBaseline::name).containsExactly("shipped");
    }

    @Test
    void aFileThatCannotBeReadKeepsSayingWhatItLastSaid() {
        start(file("curl", true));

        intake.bringIn(List.of(shipped()), Set.of(FILE));

        assertThat(baselines.defaultFor(SYSTEM).id()).isEqualTo(WEB);
    }

    @Test
    void ofAFileAndTheApiTheLastWordOnTheDefaultCountsAlsoAfterAStart() {
        start(file("curl", true));
        assertThat(baselines.defaultFor(SYSTEM).id()).isEqualTo(WEB);

        catalogue.create(OF_API, baseline("of-api").build(), Map.of(), "alice");
        catalogue.registerDefault(OF_API, "alice");
        start(file("wget", true));
        assertThat(baselines.defaultFor(SYSTEM).id()).isEqualTo(OF_API);

        start(file("curl", false));
        assertThat(baselines.defaultFor(SYSTEM).id()).isEqualTo(OF_API);
        start(file("curl", true));
        assertThat(baselines.defaultFor(SYSTEM).id()).isEqualTo(WEB);
    }

    @Test
    void aDefaultThatItsFileNoLongerDeclaresIsThePredefinedOneAgain() {
        start(file("curl", true));
        start(file("curl", false));
        assertThat(baselines.defaultFor(SYSTEM).id()).isEqualTo(SHIPPED);

        start(file("curl", true));
        start();
        assertThat(baselines.defaultFor(SYSTEM).id()).isEqualTo(SHIPPED);
        start(file("curl", true));
        assertThat(baselines.defaultFor(SYSTEM).id()).isEqualTo(WEB);
    }

    @Test
    void aDefaultThatSomebodyRegisteredOutlivesItsFile() {
        start(file("curl", false));
        catalogue.registerDefault(WEB, "alice");

        assertThat(start()).extracting(StoredBaseline::id).containsExactly(WEB);

        assertThat(baselines.defaultFor(SYSTEM).id()).isEqualTo(WEB);
    }

    @Test
    void aFileThatIsNowForAnotherSystemLeavesTheGroupsOfTheOldOne() {
        start(file("curl", false));
        catalogue.registerGroup(WEB, "production", "alice");

        start(new Declared(
                BaselineBuilder.on(OperatingSystem.DEBIAN).named("web").build(), Optional.of(FILE)));

        assertThat(baselines.servingGroup("production", SYSTEM)).isEmpty();
        assertThat(catalogue.groups()).isEmpty();
    }

    @Test
    void nodesThatStartAtTheSameTimeBringEverythingInOnce() throws Exception {
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<StoredBaseline>>> starts = IntStream.range(0, 4)
                    .<Callable<List<StoredBaseline>>>mapToObj(node -> () -> start(file("curl", true)))
                    .toList();
            for (Future<List<StoredBaseline>> start : nodes.invokeAll(starts)) {
                start.get();
            }
        }

        assertThat(baselines.all()).hasSize(2).allMatch(baseline -> baseline.version() == 1);
        assertThat(told()).isEqualTo(3);
    }

    private List<StoredBaseline> start(Declared... files) {
        return intake.bringIn(
                Stream.concat(Stream.of(shipped()), Stream.of(files)).toList(), Set.of());
    }

    private static Declared shipped() {
        return new Declared(baseline("shipped").build(), Optional.empty());
    }

    private static Declared file(String approved, boolean isDefault) {
        PatchBaseline content =
                baseline("web").approved(approved).isDefault(isDefault).build();
        return new Declared(content, Optional.of(FILE));
    }

    private static BaselineBuilder baseline(String name) {
        return BaselineBuilder.on(SYSTEM).named(name);
    }

    private int told() {
        return database.inTransaction(handle -> handle.createQuery("select count(*) from audit_pending")
                .mapTo(Integer.class)
                .one());
    }
}
