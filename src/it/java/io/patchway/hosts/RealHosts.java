package io.patchway.hosts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lab in which real hosts run: machines with systemd, an SSH server and a real package manager, each at an address
 * of its own on the loopback. Opened by the first host of a JVM and closed when the JVM ends; what a killed JVM left
 * behind is removed by the next lab. Tests that use it carry {@link NeedsRealHosts}.
 */
public final class RealHosts {
    private static Path lab;

    private RealHosts() {}

    /**
     * Starts a host and returns when its SSH server answers: half a second, or three minutes when the images have to be
     * built first.
     *
     * @param name the host name, unique among the running hosts of this JVM
     * @param scenarios what the host is offered; none means that nothing is missing
     * @throws IllegalStateException when the host does not start, with the end of its console
     */
    public static RealHost start(HostKind kind, String name, Scenario... scenarios) {
        Path folder = lab();
        List<Object> arguments = new ArrayList<>(List.of(folder, name, kind.image()));
        for (Scenario scenario : scenarios) {
            arguments.add(scenario.repository());
        }
        CommandResult result = new LabScript("start-host.sh").run(arguments.toArray());
        RealHost host = new RealHost(folder, name, kind);
        if (result.status() != 0) {
            host.close();
        }
        result.succeeded();
        return host;
    }

    /** The folder of the lab, opened when it is not yet open. */
    static synchronized Path lab() {
        if (lab == null) {
            long owner = ProcessHandle.current().pid();
            Path opened = Path.of(new LabScript("open-lab.sh").run(owner).succeeded());
            Runtime.getRuntime().addShutdownHook(new Thread(RealHosts::close, "close the lab of real hosts"));
            lab = opened;
        }
        return lab;
    }

    /** Stops every host and removes all that the lab had on this machine; the next host opens a new one. */
    static synchronized void close() {
        if (lab != null) {
            new LabScript("close-lab.sh").run(lab).succeeded();
            lab = null;
        }
    }
}
