package io.patchway.api.clc.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.server.ServerId;

/**
 * Where an operation on one server stands.
 *
 * @param settled whether this is its last word
 * @param facts further members of the answer; clients pass over those that they do not know
 */
public record OperationStatus(StatusWord word, ServerId server, boolean settled, ObjectNode facts) {}
