package io.patchway.access;

/**
 * Who makes a call, once the sign-in has been checked.
 *
 * @param name the account, for the audit log and as the requester of what it starts
 */
public record Caller(String name, Role role) {}
