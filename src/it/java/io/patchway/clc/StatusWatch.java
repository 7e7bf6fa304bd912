package io.patchway.clc;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchway.hosts.RealHost;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Asks for the status of an operation all the time until it has ended, and what the host looks like at that moment.
 *
 * @param words every status that was seen, in that order
 * @param endedAt when the last one was seen first
 * @param boots how often the host had come back from a reboot by then
 * @param bootId the boot that it ran then
 */
record StatusWatch(Set<String> words, Instant endedAt, int boots, String bootId) {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final long PAUSE_MILLISECONDS = 50;

    /** Begins as soon as the server's history shows an execution, which may not be there yet. */
    static StatusWatch of(ClcCalls calls, String history, RealHost host) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        Set<String> words = new LinkedHashSet<>();
        while (Instant.now().isBefore(end)) {
            JsonNode executions = calls.get(history);
            if (!executions.isEmpty()) {
                String word = status(calls, executions.get(0));
                words.add(word);
                if (word.equals("succeeded") || word.equals("failed")) {
                    return new StatusWatch(words, Instant.now(), host.rebootCount(), host.bootId());
                }
            }
            Thread.sleep(PAUSE_MILLISECONDS);
        }
        throw new IllegalStateException("the operation has not ended; seen so far: " + words);
    }

    private static String status(ClcCalls calls, JsonNode execution) {
        String id = execution.get("execution_id").textValue().toLowerCase(java.util.Locale.ROOT);
        return calls.get("/v2/operations/PWAY/status/" + id).get("status").textValue();
    }
}
