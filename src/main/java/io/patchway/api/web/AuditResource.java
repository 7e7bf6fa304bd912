package io.patchway.api.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.patchway.audit.AuditEntry;
import io.patchway.audit.AuditTrail;
import io.patchway.audit.ChainVerifier;
import io.patchway.audit.HeadFile;
import io.patchway.audit.SealedEntry;
import io.patchway.audit.Verification;
import java.io.IOException;
import java.util.List;

/** {@code /api/audit}: shows the audit log and verifies its chain. */
public final class AuditResource implements Resource {
    private final AuditTrail trail;
    private final HeadFile witness;

    public AuditResource(AuditTrail trail, HeadFile witness) {
        this.trail = trail;
        this.witness = witness;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/audit", this::list);
        routes.get("/api/audit/verification", this::verify);
    }

    private void list(Context context) {
        long after = PageQuery.number(context, "after", 0, 0, Long.MAX_VALUE);
        int limit = PageQuery.limit(context);
        List<SealedEntry> entries = trail.entriesAfter(after, limit);
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        var list = page.putArray("entries");
        entries.forEach(entry -> list.add(document(entry)));
        if (entries.size() == limit) {
            page.put(
                    "next",
                    "/api/audit?after=" + entries.get(entries.size() - 1).sequence() + "&limit=" + limit);
        }
        context.json(page);
    }

    /** 200 in any case: the call itself succeeded, whatever it found. */
    private void verify(Context context) throws IOException {
        Verification found = new ChainVerifier(trail).verify(witness.read());
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("intact", found.intact());
        document.put("entries", found.entries());
        found.brokenAt().ifPresent(sequence -> document.put("brokenAt", sequence));
        document.put("finding", found.finding());
        document.put("headSequence", found.head().sequence());
        document.put("headHash", found.head().hash());
        context.json(document);
    }

    private static ObjectNode document(SealedEntry sealed) {
        AuditEntry entry = sealed.entry();
        return JsonNodeFactory.instance
                .objectNode()
                .put("sequence", sealed.sequence())
                .put("id", entry.id().toString())
                .put("at", entry.at().toString())
                .put("node", entry.node())
                .put("actor", entry.actor())
                .put("action", entry.action())
                .put("subject", entry.subject())
                .put("detail", entry.detail())
                .put("previousHash", sealed.previousHash())
                .put("hash", sealed.hash());
    }
}
