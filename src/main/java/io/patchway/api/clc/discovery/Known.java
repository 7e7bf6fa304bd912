package io.patchway.api.clc.discovery;

import io.patchway.baseline.PatchState;
import io.patchway.compliance.ComplianceRecords;
import io.patchway.compliance.ScanSummary;
import io.patchway.server.Server;
import io.patchway.server.ServerId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the newest scans say of some servers.
 *
 * @param scans the scan that tells each server's compliance; none for a server that was never scanned
 * @param rebootDue the servers that need a reboot
 */
record Known(Map<ServerId, ScanSummary> scans, Set<ServerId> rebootDue) {

    static Known of(Collection<Server> servers, ComplianceRecords records) {
        List<ServerId> ids = servers.stream().map(Server::id).distinct().toList();
        return new Known(
                records.inForce(ids).stream().collect(Collectors.toMap(ScanSummary::server, Function.identity())),
                records.rebootDue(ids));
    }

    /** How many approved patches were missing, those that could not be installed included. */
    static int missing(ScanSummary scan) {
        return scan.counts().counts().getOrDefault(PatchState.MISSING, 0)
                + scan.counts().counts().getOrDefault(PatchState.FAILED, 0);
    }
}
