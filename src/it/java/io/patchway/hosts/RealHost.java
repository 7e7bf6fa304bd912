package io.patchway.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A running host of the lab. The users {@code root} and {@code patch} (sudo without a password) sign in with
 * {@link #privateKey()}. Closing it takes it away with everything it had.
 */
public final class RealHost implements AutoCloseable {
    /** What {@code enter-host.sh} ends with when there is no process to enter. */
    private static final int DOWN = 75;

    private final Path lab;
    private final Path folder;
    private final String name;
    private final HostKind kind;

    RealHost(Path lab, String name, HostKind kind) {
        this.lab = lab;
        this.folder = lab.resolve(name);
        this.name = name;
        this.kind = kind;
    }

    public String name() {
        return name;
    }

    public HostKind kind() {
        return kind;
    }

    /** The IPv4 address, on the loopback. */
    public String address() {
        return read("address");
    }

    /** The port of the SSH server: 22, or another one when the machine's own SSH server has that. */
    public int port() {
        return Integer.parseInt(read("port"));
    }

    /** The host's key as a line for {@code known_hosts}. */
    public String hostKeyLine() {
        String[] key = read("host-key.pub").split(" ");
        String host = port() == 22 ? address() : "[%s]:%d".formatted(address(), port());
        return "%s %s %s".formatted(host, key[0], key[1]);
    }

    /** The private ed25519 key, without a passphrase, that opens both users' accounts. */
    public Path privateKey() {
        return lab.resolve("id_ed25519");
    }

    /**
     * Runs a command in the host as root, not over SSH.
     *
     * @throws IllegalStateException when the host is down
     */
    public CommandResult execute(String... command) {
        CommandResult result = enter(command);
        if (result.status() == DOWN) {
            throw new IllegalStateException(result.errors().strip());
        }
        return result;
    }

    /** Whether the host has been switched on; its SSH server may still be starting. */
    public boolean isUp() {
        return enter("true").status() == 0;
    }

    /**
     * The id of the present boot.
     *
     * @throws IllegalStateException when the host is down
     */
    public String bootId() {
        return execute("cat", "/proc/sys/kernel/random/boot_id").succeeded();
    }

    /** How often the host has come back from a reboot. */
    public int rebootCount() {
        return Integer.parseInt(read("reboots"));
    }

    /**
     * The version of a package that was installed last, as the package manager writes it:
     * {@code epoch:version-release}, the epoch left out when there is none.
     */
    public Optional<String> installedVersion(String packageName) {
        CommandResult result = switch (kind) {
            case APT -> execute("dpkg-query", "-W", "-f", "${Version}\n", packageName);
            case DNF, DNF5, ZYPPER ->
                execute("rpm", "-q", "--qf", "%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\n", packageName);
        };
        // Of kernels there are several; rpm lists them in the order of their installation.
        return result.status() == 0 ? result.output().lines().reduce((older, newer) -> newer) : Optional.empty();
    }

    /** Switches on a repository of the lab by its name, such as {@code round-2}. */
    public void enableRepository(String repository) {
        execute("enable-repository", repository).succeeded();
    }

    /**
     * Makes the package manager's stored metadata look as old as this. A refresh that succeeds makes it young again;
     * with {@link #breakRepositories()} it stays old.
     */
    public void makeMetadataStale(Duration age) {
        String then = "@" + (System.currentTimeMillis() / 1000 - age.toSeconds());
        execute("find", metadataFolder(), "-exec", "touch", "-d", then, "{}", "+")
                .succeeded();
    }

    /** Takes all repositories away; metadata that the host has stored stays. */
    public void breakRepositories() {
        execute("mv", "/srv/repositories", "/srv/repositories.gone").succeeded();
    }

    /** Undoes {@link #breakRepositories()}. */
    public void repairRepositories() {
        execute("mv", "/srv/repositories.gone", "/srv/repositories").succeeded();
    }

    /** How long the host answers nothing during a reboot; two seconds unless set. */
    public void darkTime(Duration duration) {
        write("dark-seconds", String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0));
    }

    /** The next boot comes up with a new host key; {@link #hostKeyLine()} tells it from then on. */
    public void changeHostKeyOnNextBoot() {
        write("change-host-key", "");
    }

    /** The next reboot is never finished: the host stays silent until it is closed. */
    public void neverReturn() {
        write("never-return", "");
    }

    /** A host that is powered off is switched on when somebody makes this file. */
    public Path powerSwitch() {
        return folder.resolve("power-on");
    }

    @Override
    public void close() {
        new LabScript("stop-host.sh").run(lab, name).succeeded();
    }

    private CommandResult enter(String... command) {
        List<String> arguments = new ArrayList<>(List.of(lab.toString(), name));
        arguments.addAll(List.of(command));
        return new LabScript("enter-host.sh").run(arguments);
    }

    private String metadataFolder() {
        return switch (kind) {
            case DNF -> "/var/cache/dnf";
            case DNF5 -> "/var/cache/libdnf5";
            case ZYPPER -> "/var/cache/zypp";
            case APT -> "/var/lib/apt/lists";
        };
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file)).strip();
        } catch (IOException problem) {
            throw new UncheckedIOException("the host %s has no %s".formatted(name, file), problem);
        }
    }

    private void write(String file, String content) {
        try {
            Files.writeString(folder.resolve(file), content);
        } catch (IOException problem) {
            throw new UncheckedIOException("cannot set %s of the host %s".formatted(file, name), problem);
        }
    }
}
