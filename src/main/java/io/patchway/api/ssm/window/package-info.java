/** Maintenance windows, their targets, tasks and executions, in the words of the service. */
package io.patchway.api.ssm.window;
