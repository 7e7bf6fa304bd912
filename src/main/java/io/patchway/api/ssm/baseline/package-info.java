/** Patch baselines, patch groups, what a baseline selects and snapshots, in the words of the service. */
package io.patchway.api.ssm.baseline;
