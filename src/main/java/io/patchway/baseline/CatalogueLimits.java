package io.patchway.baseline;

/**
 * How many there may be.
 *
 * @param baselines baselines of the API
 * @param groups patch groups that one baseline serves
 */
public record CatalogueLimits(int baselines, int groups) {
    /** Far more than the 50 and 25 of AWS. */
    public static final CatalogueLimits GENEROUS = new CatalogueLimits(1000, 250);
}
