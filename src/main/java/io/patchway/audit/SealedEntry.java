package io.patchway.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An entry that has its place in the chain.
 *
 * @param sequence 1, 2, 3, … without gaps
 * @param previousHash the hash of the entry before it
 * @param hash what {@link #expectedHash} gave when it was sealed
 */
public record SealedEntry(long sequence, AuditEntry entry, String previousHash, String hash) {

    /** Puts an entry behind the head of a chain. */
    public static SealedEntry behind(ChainHead head, AuditEntry entry) {
        SealedEntry unhashed = new SealedEntry(head.sequence() + 1, entry, head.hash(), "");
        return new SealedEntry(unhashed.sequence, entry, unhashed.previousHash, unhashed.expectedHash());
    }

    /** The place in the chain that this entry takes. */
    public ChainHead head() {
        return new ChainHead(sequence, hash);
    }

    /**
     * SHA-256 over the previous hash and every field, each preceded by its length, so that no two entries read the
     * same.
     */
    String expectedHash() {
        MessageDigest digest = sha256();
        add(digest, previousHash);
        add(digest, Long.toString(sequence));
        add(digest, entry.id().toString());
        add(digest, entry.at().toString());
        add(digest, entry.node());
        add(digest, entry.actor());
        add(digest, entry.action());
        add(digest, entry.subject());
        add(digest, entry.detail());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
