/** The server's side of NTLM (MS-NLMP) over HTTP, version 2 of its responses only. */
package io.patchway.api.ivanti.ntlm;
