package io.patchway.audit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the lines of the audit log in memory. */
public final class RecordingAuditLog implements AuditLog {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void record(String actor, String action, String subject, String detail) {
        lines.add(actor + " | " + action + " | " + subject + " | " + detail);
    }

    /** What was recorded: actor, action, subject and detail, with bars between them. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
