package io.patchway.faults;

import java.util.Optional;

/**
 * One row of the table of faults.
 *
 * @param fault what goes wrong
 * @param expected what Patchway does then
 * @param comesWith the part of Patchway that the row concerns and that does not exist yet; empty: the row needs a test
 */
record FaultRow(int number, String fault, String expected, Optional<String> comesWith) {}
