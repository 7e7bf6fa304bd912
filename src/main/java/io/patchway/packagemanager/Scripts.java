package io.patchway.packagemanager;

import io.patchway.connection.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The scripts that are sent to servers; each file says what its arguments and its answer are. */
public final class Scripts {
    public static final Script PRECHECK = script("precheck", files("common", "precheck"));
    public static final Script HOST_FACTS =
            script("host-facts", files("common", "scan-facts", "host-facts")).withoutRoot();
    public static final Script SCAN = script(
            "scan",
            files(
                    "common",
                    "sources",
                    "scan-facts",
                    "scan-dnf",
                    "scan-apt",
                    "scan-apt-changelogs",
                    "scan-zypper",
                    "scan"));
    public static final Script INSTALL_START = script("install-start", installStart());
    public static final Script INSTALL_PROGRESS = script("install-progress", files("common", "install-progress"));
    public static final Script INSTALL_STOP = script("install-stop", files("common", "install-stop"));
    public static final Script CHECK_HEALTH =
            script("check-health", files("common", "check-health")).withoutRoot();
    public static final Script BOOT_ID =
            script("boot-id", files("common", "boot-id")).withoutRoot();
    public static final Script REBOOT_PROGRESS = script("reboot-progress", files("common", "reboot-progress"));
    public static final Script REBOOT = script("reboot", files("common", "reboot"));
    public static final Script SHUT_DOWN = script("shut-down", files("common", "shut-down"));

    private static final int VERSION = 1;

    private Scripts() {}

    private static Script script(String name, String text) {
        return new Script(name, "# patchway-script: %s %d\n%s".formatted(name, VERSION, text), true);
    }

    /** The starter carries the worker with it, as a function that prints the worker's text. */
    private static String installStart() {
        return files("common", "install-start")
                + "worker() {\n  cat << 'PATCHWAY_WORKER'\n"
                + files("common", "sources", "install-worker")
                + "PATCHWAY_WORKER\n}\n\nmain \"$@\" < /dev/null\n";
    }

    private static String files(String... names) {
        return Arrays.stream(names).map(Scripts::file).collect(Collectors.joining("\n"));
    }

    private static String file(String name) {
        return resource(name + ".sh");
    }

    /** The text of a file among the scripts. */
    static String resource(String name) {
        try (InputStream file = Scripts.class.getResourceAsStream("/scripts/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the script " + name + " cannot be read", e);
        }
    }
}
