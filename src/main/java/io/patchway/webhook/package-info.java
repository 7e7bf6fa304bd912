/** Telling others of requests over HTTP. */
package io.patchway.webhook;
