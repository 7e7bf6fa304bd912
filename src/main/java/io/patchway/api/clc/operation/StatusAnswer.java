package io.patchway.api.clc.operation;

import io.patchway.server.ServerId;

/**
 * The answer to a question for a status.
 *
 * @param body JSON in UTF-8, which nobody changes
 */
record StatusAnswer(ServerId server, byte[] body) {}
