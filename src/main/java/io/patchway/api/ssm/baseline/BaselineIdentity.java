package io.patchway.api.ssm.baseline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.patchway.baseline.BaselineId;
import io.patchway.baseline.StoredBaseline;
import io.patchway.server.OperatingSystem;
import java.util.Collection;
import java.util.Optional;

/** A baseline in a list. */
record BaselineIdentity(
        @JsonProperty("BaselineId") String baselineId,
        @JsonProperty("BaselineName") String baselineName,
        @JsonProperty("OperatingSystem") OperatingSystem operatingSystem,
        @JsonProperty("BaselineDescription") Optional<String> baselineDescription,
        @JsonProperty("DefaultBaseline") boolean defaultBaseline) {

    static BaselineIdentity of(StoredBaseline baseline, BaselineNames names, Collection<BaselineId> defaults) {
        return new BaselineIdentity(
                names.of(baseline),
                baseline.name(),
                baseline.content().operatingSystem(),
                Optional.of(baseline.content().description()).filter(text -> !text.isEmpty()),
                defaults.contains(baseline.id()));
    }
}
