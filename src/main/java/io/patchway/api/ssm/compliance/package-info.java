/** What managed nodes are, have and lack: patch states and compliance. */
package io.patchway.api.ssm.compliance;
