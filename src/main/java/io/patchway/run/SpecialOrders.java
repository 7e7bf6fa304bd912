package io.patchway.run;

import java.util.Optional;

/**
 * What only a command can say, and no other kind of request.
 *
 * @param override what takes the place of each server's baseline for this once
 * @param memo what the API that handed the request in wants to be told again; Patchway itself never reads it
 */
public record SpecialOrders(Optional<PatchOverride> override, Optional<String> memo) {
    /** Nothing special: the baselines decide. */
    public static final SpecialOrders NONE = new SpecialOrders(Optional.empty(), Optional.empty());
}
