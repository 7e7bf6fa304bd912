/** Servers and server groups as machines and machine groups. */
package io.patchway.api.ivanti.machine;
