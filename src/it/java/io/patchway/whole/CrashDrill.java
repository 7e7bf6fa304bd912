package io.patchway.whole;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Patches simulated hosts while Patchway is killed with SIGKILL at random moments, also while it starts, and started
 * again each time.
 */
public final class CrashDrill {
    private static final Duration PACE = Duration.ofMillis(400);
    private static final int ONE_IN_SO_MANY_WHILE_STARTING = 6;
    private static final Duration LATEST_WHILE_STARTING = Duration.ofSeconds(3);
    private static final Duration LATEST_WHILE_RUNNING = Duration.ofSeconds(6);
    private static final Duration ENOUGH = Duration.ofMinutes(10);
    private static final int MOST_HOSTS_OF_A_REQUEST = 5;

    private final int kills;
    private final Drill drill;
    private final PatchwayProcess patchway;
    private final Random random;
    private final List<List<String>> requests = new ArrayList<>();
    private final List<Life> lives = new ArrayList<>();

    private CrashDrill(int kills, Drill drill, Random random) throws IOException {
        this.kills = kills;
        this.drill = drill;
        this.patchway = drill.node("patchway", Map.of());
        this.random = random;
        List<String> hosts = drill.fleet().names();
        for (int from = 0; from < hosts.size(); from += MOST_HOSTS_OF_A_REQUEST) {
            requests.add(hosts.subList(from, Math.min(from + MOST_HOSTS_OF_A_REQUEST, hosts.size())));
        }
    }

    /** Arguments: kills, hosts, {@code h2} or {@code postgres}, and the seed if an earlier drill is to be repeated. */
    public static void main(String[] arguments) throws Exception {
        int kills = Integer.parseInt(arguments[0]);
        int hosts = Integer.parseInt(arguments[1]);
        long seed = arguments.length > 3 ? Long.parseLong(arguments[3]) : System.nanoTime();
        Path folder = Files.createTempDirectory("crash-drill");
        if (arguments[2].equals("h2")) {
            System.out.println(
                    run(folder, Drill.h2In(folder), kills, hosts, seed).text());
        } else {
            try (PostgresServer server = PostgresServer.start(folder.resolve("postgres"))) {
                System.out.println(run(folder, server.createDatabase("patchway"), kills, hosts, seed)
                        .text());
            }
        }
        System.exit(0);
    }

    /**
     * Runs a drill.
     *
     * @param folder for everything that it leaves behind
     * @param seed of the moments; the same seed gives the same moments, but not the same course
     */
    static CrashFigures run(Path folder, String databaseUrl, int kills, int hosts, long seed) throws IOException {
        System.out.printf("Crash drill: %d kills, %d hosts, %s, seed %d%n", kills, hosts, databaseUrl, seed);
        try (Drill drill = Drill.open(folder, databaseUrl, hosts, PACE)) {
            CrashDrill course = new CrashDrill(kills, drill, new Random(seed));
            Instant begin = Instant.now();
            course.run();
            Duration wall = Duration.between(begin, Instant.now());
            return new CrashFigures(seed, wall, course.lives, drill.outcome());
        }
    }

    private void run() throws IOException {
        for (int kill = 1; kill <= kills; kill++) {
            requestUpTo((kill * requests.size() + kills - 1) / kills);
            Instant launched = launch();
            if (random.nextInt(ONE_IN_SO_MANY_WHILE_STARTING) == 0) {
                Instant end = launched.plus(upTo(LATEST_WHILE_STARTING));
                live(launched, running -> Instant.now().isAfter(end));
            } else {
                Duration end = upTo(LATEST_WHILE_RUNNING);
                live(
                        launched,
                        running -> running.isPresent()
                                && Instant.now().isAfter(running.get().plus(end)));
            }
            patchway.kill();
        }
        Instant launched = launch();
        live(launched, running -> drill.isOver());
        patchway.stop();
    }

    private void requestUpTo(int number) throws IOException {
        while (drill.requests() < number) {
            drill.request(patchway, requests.get(drill.requests()));
        }
    }

    private Duration upTo(Duration longest) {
        return Duration.ofMillis(random.nextLong(longest.toMillis()));
    }

    private Instant launch() throws IOException {
        Instant launched = Instant.now();
        patchway.launch();
        return launched;
    }

    private void live(Instant launched, Predicate<Optional<Instant>> isOver) {
        AtomicReference<Optional<Instant>> running = new AtomicReference<>(Optional.empty());
        await().atMost(ENOUGH).pollInterval(Duration.ofMillis(50)).until(() -> {
            if (running.get().isEmpty() && patchway.isRunning()) {
                running.set(Optional.of(Instant.now()));
            }
            return isOver.test(running.get());
        });
        lives.add(new Life(launched, running.get(), drill.fleet().firstContactAfter(launched)));
    }

    /**
     * One life of the process.
     *
     * @param running when it said that it runs; empty when it was killed before
     * @param contact when it first reached a host; empty when it was killed before
     */
    record Life(Instant launched, Optional<Instant> running, Optional<Instant> contact) {}
}
