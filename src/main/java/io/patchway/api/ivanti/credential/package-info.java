/** Passwords that clients hand to the console, and the names of credentials. */
package io.patchway.api.ivanti.credential;
