/** Answers questions without changing anything: why is this patch not installed, and what would that baseline do. */
package io.patchway.explain;
