/**
 * The audit log: who did what to what, in an order that cannot be changed unnoticed. Each entry carries the hash of the
 * one before it, so that a change anywhere breaks the chain from there on.
 */
package io.patchway.audit;
