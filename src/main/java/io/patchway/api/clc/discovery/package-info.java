/** What there is to patch, in the words of CenturyLink Cloud: data centers, groups and servers. */
package io.patchway.api.clc.discovery;
