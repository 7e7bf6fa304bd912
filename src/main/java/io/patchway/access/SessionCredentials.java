package io.patchway.access;

/**
 * Who has a session credential. Security Controls needs one to open what its user has stored; Patchway needs none and
 * keeps nothing of it, but tells whether it was given. It ends when it is removed, and when its user gets another
 * password or is disabled. Thread-safe.
 */
public interface SessionCredentials {

    /** @return false when the user has one, or there is no such user any more */
    boolean add(String name, String actor);

    /** @return whether there was one */
    boolean remove(String name, String actor);
}
