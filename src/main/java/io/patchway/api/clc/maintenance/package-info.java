/** Maintenance mode in the words of CenturyLink Cloud. */
package io.patchway.api.clc.maintenance;
