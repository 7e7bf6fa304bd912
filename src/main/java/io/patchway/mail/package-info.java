/** The two mails of a patch request: what they say, and how each is handed over exactly once. */
package io.patchway.mail;
