package io.patchway.access;

import java.util.Optional;

/** Keeps the key pair that clients seal passwords for. Thread-safe. */
public interface PasswordKeyRecords {

    /**
     * A key pair.
     *
     * @param certificate of the public key, DER in Base64
     * @param sealed the private key, sealed with the master key
     */
    record Stored(String certificate, String sealed) {}

    /** The key pair that is kept. */
    Optional<Stored> find();

    /**
     * Keeps a key pair in place of another.
     *
     * @param present the one that is kept now, as far as the caller knows; empty: none
     * @return the one that is kept then: another node may have been faster
     */
    Stored keep(Optional<Stored> present, Stored fresh);
}
