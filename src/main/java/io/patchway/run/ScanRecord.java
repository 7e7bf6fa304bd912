package io.patchway.run;

import io.patchway.baseline.BaselineVersion;
import io.patchway.baseline.Evaluation;
import io.patchway.scan.ScanResult;
import java.util.Optional;

/**
 * A scan together with what the baseline said about it.
 *
 * @param baseline name of the baseline that was asked; {@code everything} for a script package
 * @param version the stored baseline that was asked; empty for a script package
 * @param occasion what it was made for; empty for scans from before that was recorded
 */
public record ScanRecord(
        ScanResult scan,
        String baseline,
        Optional<BaselineVersion> version,
        Evaluation evaluation,
        Optional<ScanOccasion> occasion) {

    /** A scan that was made for nothing in particular. */
    public ScanRecord(ScanResult scan, String baseline, Optional<BaselineVersion> version, Evaluation evaluation) {
        this(scan, baseline, version, evaluation, Optional.empty());
    }
}
