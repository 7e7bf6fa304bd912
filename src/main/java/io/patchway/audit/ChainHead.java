package io.patchway.audit;

/**
 * A place in the chain: an entry's number and hash.
 *
 * @param sequence 0 before the first entry
 * @param hash SHA-256 as 64 hexadecimal digits
 */
public record ChainHead(long sequence, String hash) {
    /** Where every chain begins. */
    public static final ChainHead BEGINNING = new ChainHead(0, "0".repeat(64));
}
