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
 */
public record ScanRecord(ScanResult scan, String baseline, Optional<BaselineVersion> version, Evaluation evaluation) {}
