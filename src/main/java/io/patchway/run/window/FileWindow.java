package io.patchway.run.window;

import io.patchway.run.RequestForm;
import io.patchway.window.MaintenanceWindow;

/**
 * A maintenance window that is written in a file, with what is requested whenever it opens.
 *
 * @param file where it is written, for people
 */
public record FileWindow(String file, MaintenanceWindow window, RequestForm request) {}
