package io.patchway.baseline;

/**
 * One state of a stored baseline; it never changes again.
 *
 * @param number 1 for the first one
 */
public record BaselineVersion(BaselineId id, int number) {
    @Override
    public String toString() {
        return id + " version " + number;
    }
}
