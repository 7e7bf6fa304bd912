/** Maintenance mode: a server is being worked on, and whoever watches it need not be called. */
package io.patchway.maintenance;
