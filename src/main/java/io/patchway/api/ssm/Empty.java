package io.patchway.api.ssm;

/** The answer of an operation without output: {@code {}}. */
public record Empty() {}
