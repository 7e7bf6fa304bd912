package io.patchway.api.ssm.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/**
 * One limit of a value.
 *
 * @param text in the words of AWS, such as {@code Member must have length less than or equal to 128}
 * @param holds whether a value that is of the right type keeps it
 */
record Constraint(String text, Predicate<JsonNode> holds) {}
