package io.patchway.console;

import io.patchway.server.ServerId;
import java.util.Optional;

/**
 * One machine that a job is for.
 *
 * @param endpoint as it was called
 * @param server the server of that name; empty when there is none
 * @param errorNumber why nothing is done on it; 0: nothing is wrong
 * @param errorText the same, for people; empty when nothing is wrong
 */
public record JobTarget(String endpoint, Optional<ServerId> server, int errorNumber, String errorText) {}
