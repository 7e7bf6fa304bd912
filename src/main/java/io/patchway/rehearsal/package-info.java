/**
 * Simulated hosts behind real SSH servers on loopback, to watch and test the whole loop where nothing can break. They
 * are told apart from real ones by their names, which begin with {@code rehearsal-}.
 */
package io.patchway.rehearsal;
