package io.patchway.audit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the whole chain and finds the first entry that was changed, removed, inserted or moved. */
public final class ChainVerifier {
    private static final int PAGE = 1000;

    private final AuditTrail trail;

    public ChainVerifier(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * Verifies every entry.
     *
     * @param witness a head that was noted outside the database; without one, entries that were removed from the end
     *     together with the database's own note of them are not missed
     */
    public Verification verify(Optional<ChainHead> witness) {
        ChainHead anchor = trail.anchor();
        Verification found = verify(anchor, trail.head(), witness);
        boolean prunedMeanwhile = !found.intact() && !trail.anchor().equals(anchor);
        return prunedMeanwhile ? verify(witness) : found;
    }

    private Verification verify(ChainHead anchor, ChainHead noted, Optional<ChainHead> witness) {
        ChainHead last = anchor;
        for (List<SealedEntry> page = trail.entriesAfter(last.sequence(), PAGE);
                !page.isEmpty();
                page = trail.entriesAfter(last.sequence(), PAGE)) {
            for (SealedEntry entry : page) {
                Optional<String> problem =
                        problem(last, entry).or(() -> witness.flatMap(head -> contradiction(head, entry)));
                if (problem.isPresent()) {
                    return broken(anchor, last, problem.get());
                }
                last = entry.head();
            }
        }
        if (last.sequence() < noted.sequence()) {
            return broken(anchor, last, removedFromTheEnd(last, noted, "the database's own note"));
        }
        if (witness.isPresent() && last.sequence() < witness.get().sequence()) {
            return broken(anchor, last, removedFromTheEnd(last, witness.get(), "the head noted outside the database"));
        }
        long entries = last.sequence() - anchor.sequence();
        return new Verification(
                entries,
                last,
                OptionalLong.empty(),
                witness.isPresent()
                        ? "intact"
                        : "intact, but no head was noted outside the database to compare the end with");
    }

    private static Optional<String> problem(ChainHead last, SealedEntry entry) {
        long expected = last.sequence() + 1;
        if (entry.sequence() != expected) {
            return Optional.of("entry " + expected + " was removed; the next one there is " + entry.sequence());
        }
        if (!entry.previousHash().equals(last.hash())) {
            return Optional.of("entry " + expected
                    + " does not follow the one before it: one of them was inserted, moved or replaced");
        }
        if (!entry.hash().equals(entry.expectedHash())) {
            return Optional.of("entry " + expected + " was changed: "
                    + entry.entry().action() + " " + entry.entry().subject());
        }
        return Optional.empty();
    }

    /** A chain that was computed anew from some entry on is sound in itself, but not the one that was witnessed. */
    private static Optional<String> contradiction(ChainHead witness, SealedEntry entry) {
        return witness.sequence() == entry.sequence() && !witness.hash().equals(entry.hash())
                ? Optional.of("entry " + entry.sequence()
                        + " is not the one whose hash was noted outside the database: it or earlier ones were replaced")
                : Optional.empty();
    }

    private static String removedFromTheEnd(ChainHead last, ChainHead known, String source) {
        return "entries " + (last.sequence() + 1) + " to " + known.sequence() + " were removed from the end; " + source
                + " knows them";
    }

    private static Verification broken(ChainHead anchor, ChainHead last, String finding) {
        return new Verification(
                last.sequence() - anchor.sequence(), last, OptionalLong.of(last.sequence() + 1), finding);
    }
}
