/** Tags that are given through the API to servers, maintenance windows and baselines. */
package io.patchway.tag;
