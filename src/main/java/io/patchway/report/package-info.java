/** What was recorded, as JSON for machines: the same wherever it is shown or sent. */
package io.patchway.report;
