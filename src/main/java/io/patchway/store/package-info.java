/**
 * The one memory: SQL behind the interfaces that the domain owns, on H2 or PostgreSQL. Instants are kept in UTC, cut to
 * microseconds, whatever the time zone of this machine or of the database is.
 */
package io.patchway.store;
