/** The patch history of CenturyLink Cloud: what server runs did, told as executions with their attempts and patches. */
package io.patchway.api.clc.history;
