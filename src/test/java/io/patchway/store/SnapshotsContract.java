package io.patchway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.SettableClock;
import io.patchway.baseline.FrozenBaseline;
import io.patchway.baseline.KeptSnapshots;
import io.patchway.baseline.SnapshotKey;
import io.patchway.server.OperatingSystem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What snapshots promise, on every database. */
abstract class SnapshotsContract extends StoreContract {
    private static final Instant TAKEN = Samples.NOON.truncatedTo(ChronoUnit.MICROS);
    private static final SnapshotKey KEY =
            new SnapshotKey(UUID.randomUUID(), OperatingSystem.ROCKY_LINUX, "group production");
    private static final FrozenBaseline FIRST = Samples.frozen();
    private static final FrozenBaseline SECOND = Samples.frozen().asOf(TAKEN.plusSeconds(60));

    private final SettableClock clock = new SettableClock(TAKEN);
    private KeptSnapshots snapshots;

    @BeforeEach
    void openSnapshots() {
        snapshots = new SqlBaselineSnapshots(database, clock);
    }

    @Test
    void theFirstRunDecidesForAllWithTheSameKey() {
        assertThat(snapshots.share(KEY, FIRST)).isEqualTo(FIRST);
        assertThat(snapshots.share(KEY, SECOND)).isEqualTo(FIRST);
    }

    @Test
    void anotherSystemGroupOrSnapshotIsDecidedForItself() {
        snapshots.share(KEY, FIRST);

        assertThat(List.of(
                        new SnapshotKey(KEY.snapshot(), OperatingSystem.DEBIAN, KEY.scope()),
                        new SnapshotKey(KEY.snapshot(), KEY.operatingSystem(), "group test"),
                        new SnapshotKey(UUID.randomUUID(), KEY.operatingSystem(), KEY.scope())))
                .allSatisfy(other -> assertThat(snapshots.share(other, SECOND)).isEqualTo(SECOND));
    }

    @Test
    void aSnapshotLivesThreeDays() {
        KeptSnapshots.Kept kept = snapshots.keep(KEY, FIRST);
        clock.advance(Duration.ofDays(3).minusMillis(1));
        assertThat(snapshots.find(kept.id())).contains(kept);

        clock.advance(Duration.ofMillis(1));

        assertThat(snapshots.find(kept.id())).isEmpty();
        assertThat(snapshots.share(KEY, SECOND)).isEqualTo(SECOND);
        assertThat(rows()).isOne();
    }

    @Test
    void runsThatComeAtTheSameMomentAgree() throws Exception {
        try (ExecutorService runs = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<KeptSnapshots.Kept>> keeping = IntStream.range(0, 8)
                    .<Callable<KeptSnapshots.Kept>>mapToObj(
                            number -> () -> snapshots.keep(KEY, FIRST.asOf(TAKEN.plusSeconds(number))))
                    .toList();
            List<KeptSnapshots.Kept> kept = new ArrayList<>();
            for (Future<KeptSnapshots.Kept> future : runs.invokeAll(keeping)) {
                kept.add(future.get());
            }
            assertThat(kept).containsOnly(kept.get(0));
        }
    }

    private int rows() {
        return database.inTransaction(handle -> handle.createQuery("select count(*) from baseline_snapshot")
                .mapTo(Integer.class)
                .one());
    }
}
