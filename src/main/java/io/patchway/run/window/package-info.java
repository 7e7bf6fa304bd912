/** What is done in maintenance windows: their targets and tasks, and how each opening is carried out. */
package io.patchway.run.window;
