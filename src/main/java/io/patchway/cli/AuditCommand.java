package io.patchway.cli;

import io.patchway.audit.AuditTrail;
import io.patchway.audit.ChainVerifier;
import io.patchway.audit.HeadFile;
import io.patchway.audit.Verification;
import java.io.IOException;
import java.io.PrintStream;

/** {@code audit verify}: says whether the chain of the audit log is intact, or where it is broken. */
public final class AuditCommand {
    private final AuditTrail trail;
    private final HeadFile witness;
    private final PrintStream out;

    public AuditCommand(AuditTrail trail, HeadFile witness, PrintStream out) {
        this.trail = trail;
        this.witness = witness;
        this.out = out;
    }

    /**
     * Verifies the chain and prints what it found.
     *
     * @return the exit code: 0 when the chain is intact, 2 when it is broken
     */
    public int verify() throws IOException {
        Verification found = new ChainVerifier(trail).verify(witness.read());
        if (found.intact()) {
            out.printf(
                    "The audit log is %s: %d entries, the last is %d with hash %s%n",
                    found.finding(),
                    found.entries(),
                    found.head().sequence(),
                    found.head().hash());
            return 0;
        }
        out.printf(
                "The audit log is BROKEN at entry %d: %s. The %d entries before it are as they were sealed.%n",
                found.brokenAt().orElseThrow(), found.finding(), found.entries());
        return 2;
    }
}
