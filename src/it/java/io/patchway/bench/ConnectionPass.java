package io.patchway.bench;

import com.sun.management.OperatingSystemMXBean;
import io.patchway.connection.Connection;
import io.patchway.connection.ConnectionLimits;
import io.patchway.connection.Script;
import io.patchway.connection.SshConnection;
import io.patchway.packagemanager.PackageManagerAccess;
import io.patchway.server.ConnectionSettings.Ssh;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * The measured half of {@link ConnectionBenchmark}, a process of its own: reaches every endpoint twice, each time with
 * a login of its own, and prints what the second time cost, when the JVM is warm as in a service.
 */
final class ConnectionPass {
    /** As many servers at once as Ansible has forks. */
    static final int AT_ONCE = 50;

    private static final ConnectionLimits NO_REUSE =
            new ConnectionLimits(Duration.ofSeconds(60), Duration.ofSeconds(10), 0, 8 << 20, 256 << 10);

    private ConnectionPass() {}

    /** @param arguments no-op or scan, number of endpoints, port, directory of the keys, file with a scan's answer */
    public static void main(String[] arguments) throws Exception {
        List<Server> servers =
                servers(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Path.of(arguments[3]));
        try (SshConnection connection = new SshConnection(NO_REUSE)) {
            Consumer<Server> work = arguments[0].equals("scan")
                    ? scan(connection, arguments[4])
                    : server -> connection.run(server, new Script("no-op", "true", false), List.of(), patience());
            pass(servers, work);
            long begin = System.nanoTime();
            long cpu = cpuNanos();
            pass(servers, work);
            System.out.printf("warm %d %d%n", (cpuNanos() - cpu) / 1_000_000, (System.nanoTime() - begin) / 1_000_000);
        }
    }

    /** The real script goes out and a real answer comes back and is read; the endpoint only skips the work between. */
    private static Consumer<Server> scan(SshConnection connection, String answer) {
        Connection shortened = (server, script, arguments, deadline) -> connection.run(
                server,
                new Script(script.name(), "cat '" + answer + "'; exit\n" + script.text(), false),
                arguments,
                deadline);
        PackageManagerAccess access = new PackageManagerAccess(shortened, Clock.systemUTC());
        return server -> {
            int found = access.scan(server, false).available().size();
            if (found != RecordedScan.AVAILABLE) {
                throw new IllegalStateException(server.name() + " offers " + found);
            }
        };
    }

    private static void pass(List<Server> servers, Consumer<Server> work)
            throws InterruptedException, ExecutionException {
        Semaphore slots = new Semaphore(AT_ONCE);
        List<Future<Object>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Server server : servers) {
                slots.acquire();
                Callable<Object> step = () -> {
                    try {
                        work.accept(server);
                        return server;
                    } finally {
                        slots.release();
                    }
                };
                results.add(threads.submit(step));
            }
        }
        for (Future<Object> result : results) {
            result.get();
        }
    }

    private static List<Server> servers(int count, int port, Path keys) {
        List<Server> servers = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            String address = address(number);
            Ssh settings = new Ssh(
                    address,
                    port,
                    System.getProperty("user.name"),
                    keys.resolve("login"),
                    Optional.empty(),
                    keys.resolve("known_hosts"));
            servers.add(
                    new Server(new ServerId(address), address, Set.of(), Map.of(), Optional.empty(), false, settings));
        }
        return servers;
    }

    /** Every address of 127.0.0.0/8 is this machine, and each is an endpoint of its own to whoever connects. */
    static String address(int number) {
        return "127.0.%d.%d".formatted(1 + number / 250, 1 + number % 250);
    }

    private static Duration patience() {
        return Duration.ofMinutes(2);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
