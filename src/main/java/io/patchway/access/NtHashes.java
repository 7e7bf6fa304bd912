package io.patchway.access;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.digests.MD4Digest;

/**
 * The NT hashes of the users who may sign in by NTLM: MD4 of the password without any salt, which is all that NTLM
 * knows, and as good as the password itself for whoever gets hold of it. So it is kept for those users alone for whom
 * that was asked, and sealed. Thread-safe.
 */
public final class NtHashes {
    private static final String OWNER = "NT hash of ";

    private final NtlmRecords records;
    private final MasterKey masterKey;

    /**
     * A hash that is kept.
     *
     * @param sealed in the form that it is kept in, which is another one each time that it is kept
     */
    public record Kept(String sealed, byte[] hash) {
        /** Without the hash. */
        @Override
        public String toString() {
            return "an NT hash";
        }
    }

    public NtHashes(NtlmRecords records, MasterKey masterKey) {
        this.records = records;
        this.masterKey = masterKey;
    }

    /** The hash of a password (MS-NLMP, NTOWFv1): 16 bytes. */
    public static byte[] of(String password) {
        byte[] text = password.getBytes(StandardCharsets.UTF_16LE);
        MD4Digest md4 = new MD4Digest();
        md4.update(text, 0, text.length);
        byte[] hash = new byte[md4.getDigestSize()];
        md4.doFinal(hash, 0);
        return hash;
    }

    /** Whether any user may sign in by NTLM. */
    public boolean isAnyKept() {
        return records.isAnyKept();
    }

    /** Whether a user may sign in by NTLM. */
    public boolean isKept(String name) {
        return records.sealed(name).isPresent();
    }

    /** Whether the hash that a user signed in with is still kept: it goes with its password. */
    public boolean isStill(String name, Kept kept) {
        return records.sealed(name).filter(kept.sealed()::equals).isPresent();
    }

    /** The hash of a user; empty when none is kept, or it was sealed with another master key. */
    public Optional<Kept> find(String name) {
        return records.sealed(name)
                .flatMap(text -> masterKey
                        .open(text, owner(name))
                        .map(hex -> new Kept(text, HexFormat.of().parseHex(hex))));
    }

    boolean keep(UserAccount account, String password, String actor) {
        String hash = HexFormat.of().formatHex(of(password));
        return records.keep(account.key(), account.passwordSetAt(), masterKey.seal(hash, owner(account.key())), actor);
    }

    boolean remove(String name, String actor) {
        return records.remove(name, actor);
    }

    private static String owner(String name) {
        return OWNER + UserAccount.key(name);
    }
}
