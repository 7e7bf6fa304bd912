/**
 * Speaks as Ivanti Security Controls does: its REST API v1.0, read as leniently as the original reads, answered as it
 * answers. In here are the door and what all its resources share.
 */
package io.patchway.api.ivanti;
