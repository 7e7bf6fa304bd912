package io.patchway.baseline;

/** How grave it is when an approved patch is missing; the gravest first. */
public enum ComplianceLevel {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    INFORMATIONAL,
    UNSPECIFIED
}
