/** Run Command: the documents that patch, commands and their invocations. */
package io.patchway.api.ssm.command;
