/** Tags of nodes, windows and baselines. */
package io.patchway.api.ssm.tag;
