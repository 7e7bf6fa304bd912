package io.patchway.packagemanager;

import io.patchway.connection.Script;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The PowerShell scripts that are sent to Windows servers; each file says what its arguments and its answer are. */
public final class WindowsScripts {
    public static final Script PRECHECK = script("precheck", files("common", "precheck"));
    public static final Script HOST_FACTS = script("host-facts", files("common", "facts", "host-facts"));
    public static final Script SCAN = script("scan", files("common", "facts", "scan"));
    public static final Script INSTALL_START = script("install-start", installStart());
    public static final Script INSTALL_PROGRESS = script("install-progress", files("common", "install-progress"));
    public static final Script INSTALL_STOP = script("install-stop", files("common", "install-stop"));
    public static final Script CHECK_HEALTH = script("check-health", files("common", "check-health"));
    public static final Script BOOT_ID = script("boot-id", files("common", "boot-id"));
    public static final Script REBOOT_PROGRESS = script("reboot-progress", files("common", "reboot-progress"));
    public static final Script REBOOT = script("reboot", files("common", "reboot"));

    private static final int VERSION = 1;

    private WindowsScripts() {}

    /** Every script. */
    public static List<Script> all() {
        return List.of(
                PRECHECK,
                HOST_FACTS,
                SCAN,
                INSTALL_START,
                INSTALL_PROGRESS,
                INSTALL_STOP,
                CHECK_HEALTH,
                BOOT_ID,
                REBOOT_PROGRESS,
                REBOOT);
    }

    private static Script script(String name, String text) {
        return new Script(
                "windows-" + name,
                "# patchway-script: windows-%s %d\n%s".formatted(name, VERSION, text),
                true,
                Script.Language.POWERSHELL);
    }

    /** The starter carries the worker with it, as a text in single quotes. */
    private static String installStart() {
        return files("common") + "\n$worker = @'\n" + worker() + "'@\n\n" + files("install-start");
    }

    /** What runs as a task on the server. */
    static String worker() {
        return files("common", "install-worker");
    }

    private static String files(String... names) {
        return Arrays.stream(names)
                .map(name -> Scripts.resource("windows-" + name + ".ps1"))
                .collect(Collectors.joining("\n"));
    }
}
