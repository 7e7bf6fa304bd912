/**
 * The dialect of AWS Systems Manager: {@code POST /} with the operation in {@code X-Amz-Target}, JSON 1.1, signed with
 * version 4 signatures. {@link io.patchway.api.ssm.SsmDoor} takes a call in, {@link io.patchway.api.ssm.SignIn} finds
 * out who makes it, the {@code model} says what it may hold, and an {@link io.patchway.api.ssm.OperationGroup} answers
 * it.
 */
package io.patchway.api.ssm;
