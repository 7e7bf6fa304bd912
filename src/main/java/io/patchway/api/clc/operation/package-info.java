/** Operations of CenturyLink Cloud: script packages are executed, and their status is asked for. */
package io.patchway.api.clc.operation;
