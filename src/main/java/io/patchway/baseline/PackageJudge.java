package io.patchway.baseline;

import io.patchway.baseline.PatchDecision.Reason;
import io.patchway.baseline.PatchDecision.Verdict;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settles which of the approved versions of a package is the one to have: the newest, unless the host holds the package
 * or the request excludes it.
 */
final class PackageJudge {

    /**
     * A package with everything that is offered for it.
     *
     * @param installed the highest installed version; empty when the package is not installed
     * @param decisions what the baseline says of each offered version
     */
    record Offers(PackageKey key, Optional<PackageVersion> installed, List<PatchDecision> decisions) {

        boolean newer(Patch patch) {
            return installed.map(patch.version()::newerThan).orElse(true);
        }

        /** The newest approved version; the first of equals. */
        Optional<PatchDecision> newestApproved() {
            PatchDecision newest = null;
            for (PatchDecision decision : decisions) {
                if (decision.verdict() == Verdict.APPROVED
                        && (newest == null
                                || decision.patch()
                                        .version()
                                        .newerThan(newest.patch().version()))) {
                    newest = decision;
                }
            }
            return Optional.ofNullable(newest);
        }
    }

    private final NamePatterns held;
    private final NamePatterns excluded;

    PackageJudge(EvaluationInput input) {
        this.held = new NamePatterns(input.held());
        this.excluded = new NamePatterns(input.excluded());
    }

    /** The same offers with SUPERSEDED, HELD and EXCLUDED in place of APPROVED where they apply. */
    Offers settle(Offers offers) {
        Optional<PatchDecision> newest = offers.newestApproved();
        if (newest.isEmpty()) {
            return offers;
        }
        Optional<PatchDecision> withheld = withheld(offers, newest.get());
        Reason superseded = supersededBy(newest.get());
        List<PatchDecision> settled = new ArrayList<>(offers.decisions().size());
        for (PatchDecision decision : offers.decisions()) {
            if (decision == newest.get()) {
                settled.add(withheld.orElse(decision));
            } else if (decision.verdict() == Verdict.APPROVED) {
                settled.add(changed(decision, Verdict.SUPERSEDED, superseded));
            } else {
                settled.add(decision);
            }
        }
        return new Offers(offers.key(), offers.installed(), settled);
    }

    private Optional<PatchDecision> withheld(Offers offers, PatchDecision newest) {
        if (!offers.newer(newest.patch())) {
            return Optional.empty();
        }
        String name = offers.key().name();
        return held.match(name)
                .map(entry -> changed(newest, Verdict.HELD, heldBy(entry)))
                .or(() -> excluded.match(name).map(entry -> changed(newest, Verdict.EXCLUDED, excludedBy(entry))));
    }

    private static PatchDecision changed(PatchDecision decision, Verdict verdict, Reason reason) {
        return new PatchDecision(decision.patch(), verdict, decision.level(), decision.approvedFrom(), reason);
    }

    private static Reason supersededBy(PatchDecision newest) {
        return new Reason(
                newest.reason().decider(),
                "version " + newest.patch().version() + " is approved as well and not older");
    }

    private static Reason heldBy(String entry) {
        return new Reason("hold", "approved, but the host itself holds '" + entry + "' back");
    }

    private static Reason excludedBy(String entry) {
        return new Reason("package", "approved, but the script package of the request excludes '" + entry + "'");
    }
}
