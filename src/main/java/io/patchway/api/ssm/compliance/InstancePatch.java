package io.patchway.api.ssm.compliance;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/** One package of a node, with what the last scan said of it. */
record InstancePatch(
        @JsonProperty("Title") String title,
        @JsonProperty("KBId") String kbId,
        @JsonProperty("Classification") String classification,
        @JsonProperty("Severity") String severity,
        @JsonProperty("State") String state,
        @JsonProperty("InstalledTime") Instant installedTime,
        @JsonProperty("CVEIds") Optional<String> cveIds) {}
