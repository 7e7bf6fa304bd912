package io.patchway.run;

import io.patchway.server.ServerId;

/** A scan that was kept, and the server that it was made on. */
public record StoredScan(ServerId server, ScanRecord record) {}
