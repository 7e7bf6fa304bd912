package io.patchway.bench;

import io.patchway.connection.OpenSshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What reaching many servers costs the controller: CPU for each server and most memory, for a script that does nothing
 * and for a scan, over 10, 100 and 500 endpoints; beside Ansible with 50 forks, which only runs and fetches
 * ({@code raw}, its cheapest module) and does not read the answer. One OpenSSH server plays all endpoints, each on an
 * address of its own; what it costs is not counted.
 *
 * <p>Needs Linux, openssh-server and GNU time; Ansible's half is left out where it is not installed. To run it:
 *
 * <pre>mvn -q test-compile exec:exec -Dexec.classpathScope=test -Dmain.class=io.patchway.bench.ConnectionBenchmark
 * </pre>
 */
public final class ConnectionBenchmark {
    private static final List<Integer> SIZES = List.of(10, 100, 500);
    private static final Path ANSIBLE = Path.of("/usr/bin/ansible-playbook");

    private final Path directory;
    private final OpenSshServer endpoints;
    private final Path answer;
    private final List<Integer> sizes;

    private ConnectionBenchmark(Path directory, OpenSshServer endpoints, List<Integer> sizes) throws IOException {
        this.directory = directory;
        this.sizes = sizes;
        this.endpoints = endpoints;
        this.answer = RecordedScan.write(directory.resolve("answer"));
    }

    public static void main(String[] arguments) throws Exception {
        List<Integer> sizes = arguments.length == 0
                ? SIZES
                : Stream.of(arguments).map(Integer::valueOf).toList();
        Path directory = Files.createTempDirectory("patchway-benchmark");
        try (OpenSshServer endpoints =
                OpenSshServer.start(directory, "0.0.0.0", "AllowUsers " + System.getProperty("user.name") + "@127.*")) {
            endpoints.authorizedKey("login", "ed25519", "");
            Files.writeString(
                    directory.resolve("known_hosts"), "[127.0.*]:" + endpoints.port() + " " + endpoints.hostKey());
            new ConnectionBenchmark(directory, endpoints, sizes).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        System.out.println(
                "| work | endpoints | controller | CPU ms/server | warm CPU ms/server | wall s | peak MiB |");
        System.out.println("|---|---|---|---|---|---|---|");
        boolean compare = Files.isExecutable(ANSIBLE);
        for (String work : List.of("no-op", "scan")) {
            for (int size : sizes) {
                patchway(work, size);
                if (compare) {
                    ansible(work, size);
                }
            }
        }
        if (!compare) {
            System.out.println(ANSIBLE + " is not installed: nothing to compare with");
        }
    }

    private void patchway(String work, int size) throws IOException, InterruptedException {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-classpath",
                System.getProperty("java.class.path"),
                ConnectionPass.class.getName(),
                work,
                String.valueOf(size),
                String.valueOf(endpoints.port()),
                directory.toString(),
                answer.toString());
        MeasuredProcess measured = MeasuredProcess.run(command, Map.of(), directory);
        String[] warm = measured.output()
                .lines()
                .filter(line -> line.startsWith("warm "))
                .findFirst()
                .orElseThrow(() -> new IOException("no figures in: " + measured.output()))
                .split(" ");
        long warmCpu = Long.parseLong(warm[1]);
        Duration firstPass = measured.cpu().minusMillis(warmCpu);
        Duration wall = measured.wall().minusMillis(Long.parseLong(warm[2]));
        row(work, size, "patchway", firstPass, "%.1f".formatted((double) warmCpu / size), wall, measured.peakKib());
    }

    private void ansible(String work, int size) throws IOException, InterruptedException {
        List<String> inventory = new ArrayList<>();
        for (int number = 0; number < size; number++) {
            inventory.add(ConnectionPass.address(number));
        }
        Path hosts = Files.write(directory.resolve("inventory"), inventory);
        Path playbook = Files.writeString(
                directory.resolve("playbook.yml"),
                "- hosts: all\n  gather_facts: false\n  tasks:\n    - raw: '%s'\n      register: answer\n"
                        .formatted(work.equals("scan") ? "cat " + answer : "true"));
        List<String> command = List.of(
                ANSIBLE.toString(),
                "-i",
                hosts.toString(),
                "-f",
                String.valueOf(ConnectionPass.AT_ONCE),
                playbook.toString());
        row(work, size, "ansible", MeasuredProcess.run(command, ansibleEnvironment(), directory));
    }

    /** Connections are not left open behind it: their keeper would not be counted. */
    private Map<String, String> ansibleEnvironment() {
        return Map.of(
                "ANSIBLE_REMOTE_PORT",
                String.valueOf(endpoints.port()),
                "ANSIBLE_PRIVATE_KEY_FILE",
                directory.resolve("login").toString(),
                "ANSIBLE_SSH_ARGS",
                "-o ControlMaster=no -o ControlPersist=no -o UserKnownHostsFile=" + directory.resolve("known_hosts"));
    }

    private static void row(String work, int size, String controller, MeasuredProcess measured) {
        row(work, size, controller, measured.cpu(), "", measured.wall(), measured.peakKib());
    }

    private static void row(
            String work, int size, String controller, Duration cpu, String warmCpu, Duration wall, long peakKib) {
        System.out.printf(
                "| %s | %d | %s | %.1f | %s | %.1f | %d |%n",
                work,
                size,
                controller,
                (double) cpu.toMillis() / size,
                warmCpu,
                wall.toMillis() / 1000.0,
                peakKib / 1024);
    }
}
