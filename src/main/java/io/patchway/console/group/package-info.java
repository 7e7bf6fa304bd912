/**
 * Groups that people make in the console: which servers they mean at a moment, and how those come to be members of a
 * server group like any other.
 */
package io.patchway.console.group;
