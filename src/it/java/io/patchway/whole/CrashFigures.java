package io.patchway.whole;

import io.patchway.whole.CrashDrill.Life;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What a crash drill measured.
 *
 * @param wall from the first start to the last verdict
 * @param lives of the process, the last of which was not killed
 */
record CrashFigures(long seed, Duration wall, List<Life> lives, DrillOutcome outcome) {
    CrashFigures {
        lives = List.copyOf(lives);
    }

    /** The longest time from "Patchway is running" to the first contact with a host. */
    Duration slowestSinceRunning() {
        return slowest(life ->
                Duration.between(life.running().orElseThrow(), life.contact().orElseThrow()));
    }

    /** The longest time from the start of the process to the first contact with a host. */
    Duration slowestSinceLaunch() {
        return slowest(life -> Duration.between(life.launched(), life.contact().orElseThrow()));
    }

    /** Lives that were long enough to reach a host. */
    List<Life> measured() {
        return lives.stream()
                .filter(life -> life.running().isPresent() && life.contact().isPresent())
                .toList();
    }

    private Duration slowest(Function<Life, Duration> time) {
        return measured().stream().map(time).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** The figures, for people. */
    String text() {
        long early = lives.stream().filter(life -> life.running().isEmpty()).count();
        return """
            %d kills (%d of them while it was starting), seed %d, %d s in all
            first contact with a host, over %d restarts: at most %.1f s after "Patchway is running", %.1f s after the start of the process
            %s\
            """.formatted(
                        lives.size() - 1,
                        early,
                        seed,
                        wall.toSeconds(),
                        measured().size(),
                        slowestSinceRunning().toMillis() / 1000.0,
                        slowestSinceLaunch().toMillis() / 1000.0,
                        outcome.text());
    }
}
