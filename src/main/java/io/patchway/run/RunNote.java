package io.patchway.run;

import java.time.Instant;

/** One line of a server run's time line, for people: a change of state and why. */
public record RunNote(Instant at, RunState state, int round, String text) {}
