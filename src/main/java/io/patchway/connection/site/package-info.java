/**
 * Other sites that speak the API of CenturyLink Cloud: what is written to them, and how their answers are read. Nothing
 * that they say is trusted.
 */
package io.patchway.connection.site;
