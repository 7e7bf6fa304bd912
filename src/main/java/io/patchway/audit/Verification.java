package io.patchway.audit;

import java.util.OptionalLong;

/**
 * What a look at the whole chain found.
 *
 * @param entries how many entries are as they were sealed
 * @param head the last of them
 * @param brokenAt the sequence number of the first entry that is not; empty when the chain is intact
 * @param finding for people: what is wrong there, or that nothing is
 */
public record Verification(long entries, ChainHead head, OptionalLong brokenAt, String finding) {
    public boolean intact() {
        return brokenAt.isEmpty();
    }
}
