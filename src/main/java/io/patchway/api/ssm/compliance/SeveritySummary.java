package io.patchway.api.ssm.compliance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.baseline.ComplianceLevel;
import java.util.Map;

/** How many of something there are of each severity. */
record SeveritySummary(
        @JsonProperty("CriticalCount") int critical,
        @JsonProperty("HighCount") int high,
        @JsonProperty("MediumCount") int medium,
        @JsonProperty("LowCount") int low,
        @JsonProperty("InformationalCount") int informational,
        @JsonProperty("UnspecifiedCount") int unspecified) {

    static SeveritySummary of(Map<ComplianceLevel, Integer> counts) {
        return new SeveritySummary(
                counts.getOrDefault(ComplianceLevel.CRITICAL, 0),
                counts.getOrDefault(ComplianceLevel.HIGH, 0),
                counts.getOrDefault(ComplianceLevel.MEDIUM, 0),
                counts.getOrDefault(ComplianceLevel.LOW, 0),
                counts.getOrDefault(ComplianceLevel.INFORMATIONAL, 0),
                counts.getOrDefault(ComplianceLevel.UNSPECIFIED, 0));
    }

    int total() {
        return critical + high + medium + low + informational + unspecified;
    }

    /** What is as it should be. */
    record Compliant(
            @JsonProperty("CompliantCount") int count,
            @JsonProperty("SeveritySummary") SeveritySummary severities) {
        static Compliant of(Map<ComplianceLevel, Integer> counts) {
            SeveritySummary severities = SeveritySummary.of(counts);
            return new Compliant(severities.total(), severities);
        }
    }

    /** What is not. */
    record NonCompliant(
            @JsonProperty("NonCompliantCount") int count,
            @JsonProperty("SeveritySummary") SeveritySummary severities) {
        static NonCompliant of(Map<ComplianceLevel, Integer> counts) {
            SeveritySummary severities = SeveritySummary.of(counts);
            return new NonCompliant(severities.total(), severities);
        }
    }
}
