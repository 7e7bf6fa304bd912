package io.patchway.run;

import io.patchway.window.MaintenanceWindow;

/** What is requested whenever a maintenance window opens; its targets are looked up anew each time. */
public record WindowTask(MaintenanceWindow window, RequestForm request) {}
