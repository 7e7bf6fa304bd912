package io.patchway.api.ssm.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.server.OperatingSystem;
import java.util.Optional;

/** Which values of a property are asked for. */
record DescribePatchProperties(
        @JsonProperty("OperatingSystem") OperatingSystem operatingSystem,
        @JsonProperty("Property") String property,
        @JsonProperty("PatchSet") Optional<String> patchSet,
        @JsonProperty("MaxResults") Optional<Integer> maxResults,
        @JsonProperty("NextToken") Optional<String> nextToken) {}
