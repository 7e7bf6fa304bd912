package io.patchway.store;

import java.time.Instant;

/** A node's hold on a run, until the end of which nobody else claims it. */
record Lease(String node, Instant end) {}
