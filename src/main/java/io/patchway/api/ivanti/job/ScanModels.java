package io.patchway.api.ivanti.job;

import io.patchway.api.ivanti.Links.Base;
import io.patchway.api.ivanti.template.ScanTemplatesResource;
import io.patchway.console.Job;
import io.patchway.console.JobMachine;
import io.patchway.console.JobMachine.Found;
import io.patchway.console.JobStatus;
import io.patchway.console.group.MachineNames;
import io.patchway.run.RequestReport.RunReport;
import io.patchway.scan.HostFacts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Scans and their machines as answers tell them. */
final class ScanModels {
    private static final DateTimeFormatter VERSION =
            DateTimeFormatter.ofPattern("yyyy.M.d.Hmm").withZone(ZoneOffset.UTC);

    private final ConsoleName console;

    ScanModels(ConsoleName console) {
        this.console = console;
    }

    /**
     * A scan.
     *
     * @param definitionDate when the repositories were asked: their metadata are fetched for each scan
     * @param isCancelled Patchway's addition
     */
    record Scan(
            String consoleName,
            Instant definitionDate,
            String definitionVersion,
            int expectedResultTotal,
            UUID id,
            boolean isComplete,
            Map<String, Map<String, String>> links,
            String name,
            int receivedResultCount,
            String scanType,
            Instant startedOn,
            Instant updatedOn,
            String user,
            boolean isCancelled) {}

    Scan scan(JobStatus status, Base links) {
        Job job = status.job();
        return new Scan(
                console.value(),
                status.updatedAt(),
                VERSION.format(status.updatedAt()),
                status.expected(),
                job.id(),
                status.complete(),
                Map.of(
                        "self", links.href(ScansResource.path(job.id())),
                        "machines", links.href(ScansResource.path(job.id()) + "/machines"),
                        "template", links.href(ScanTemplatesResource.path(job.template()))),
                job.name(),
                status.received(),
                "Patch",
                job.startedAt(),
                status.updatedAt(),
                console.qualified(job.user()),
                status.cancelled());
    }

    /**
     * A machine of a scan. What stands behind {@code name} is Patchway's addition.
     *
     * @param dnsName full name; left out when it is not known
     * @param errorNumber 0: nothing is wrong
     */
    record Machine(
            Instant completedOn,
            Optional<String> dnsName,
            String domain,
            Optional<String> errorDescription,
            int errorNumber,
            int id,
            int installedPatchCount,
            Map<String, Map<String, String>> links,
            int missingPatchCount,
            int missingServicePackCount,
            String name,
            Optional<String> errorHint,
            Optional<Boolean> rebootRequired,
            Optional<String> operatingSystem,
            Optional<String> serverId) {}

    Machine machine(UUID scan, JobMachine machine, Base links) {
        MachineError error = MachineError.of(machine);
        Optional<Found> found = machine.found();
        Optional<HostFacts> host = found.flatMap(Found::host);
        String called = machine.target().endpoint();
        Optional<String> dnsName = host.map(HostFacts::hostname)
                .filter(MachineNames::isFullName)
                .or(() -> Optional.of(called).filter(MachineNames::isFullName));
        return new Machine(
                machine.run()
                        .flatMap(RunReport::endedAt)
                        .or(() -> found.map(Found::takenAt))
                        .orElseGet(() -> startOf(scan)),
                dnsName,
                dnsName.map(MachineNames::domainOf).orElse(""),
                Optional.of(error.description()).filter(text -> !text.isEmpty()),
                error.number(),
                machine.id(),
                found.map(Found::installed).orElse(0),
                Map.of("patches", links.href(ScansResource.path(scan) + "/machines/" + machine.id() + "/patches")),
                found.map(Found::missing).orElse(0),
                0,
                MachineNames.shortName(host.map(HostFacts::hostname)
                        .filter(name -> !name.isBlank())
                        .orElse(called)),
                Optional.of(error.hint()).filter(text -> !text.isEmpty()),
                found.map(Found::rebootNeeded),
                host.map(HostFacts::osName),
                machine.target().server().map(Object::toString));
    }

    /** When a scan began, as its id tells (RFC 9562, version 7). */
    private static Instant startOf(UUID scan) {
        return Instant.ofEpochMilli(scan.getMostSignificantBits() >>> 16);
    }
}
