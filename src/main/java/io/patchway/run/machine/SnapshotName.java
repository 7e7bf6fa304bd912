package io.patchway.run.machine;

import io.patchway.run.ServerRun;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The name of a snapshot: the server and when it was asked for. Safe as the name of a file. */
public final class SnapshotName {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private SnapshotName() {}

    /** Of the snapshot that a run makes. */
    public static String of(ServerRun run) {
        return run.server() + "." + TIME.format(run.request().acceptedAt());
    }
}
