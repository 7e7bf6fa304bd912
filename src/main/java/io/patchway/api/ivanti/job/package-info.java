/** Patch scans and deployments: how they are started, watched, read and ended. */
package io.patchway.api.ivanti.job;
