package io.patchway.api.clc.discovery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchway.api.clc.ClcServers;
import io.patchway.compliance.ScanSummary;
import io.patchway.run.ExecutionIds;
import io.patchway.scan.HostFacts;
import io.patchway.server.ConnectionSettings;
import io.patchway.server.Server;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Servers as JSON, with every published member. What is not known is zero or empty, as its type wants it, and an array
 * is never null. The member {@code patching} is Patchway's own.
 */
final class ServerDocument {
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");
    private static final String STANDARD = "standard";

    private final ClcServers servers;
    private final ExecutionIds ids;
    private final Machine.Watcher machines;
    private final Instant inventoryWritten;

    /** @param inventoryWritten when the list of servers was last changed */
    ServerDocument(ClcServers servers, ExecutionIds ids, Machine.Watcher machines, Instant inventoryWritten) {
        this.servers = servers;
        this.ids = ids;
        this.machines = machines;
        this.inventoryWritten = inventoryWritten;
    }

    ObjectNode of(Server server, Known known) {
        String id = servers.idOf(server);
        String alias = servers.aliasOf(server);
        Optional<ScanSummary> scan = Optional.ofNullable(known.scans().get(server.id()));
        OsName os = scan.map(ScanSummary::host)
                .map(OsName::of)
                .or(() -> server.operatingSystem().map(OsName::of))
                .orElse(OsName.UNKNOWN);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("id", id);
        root.put("name", id.toUpperCase(Locale.ROOT));
        root.put("displayName", server.name());
        root.put("description", server.name());
        root.put("groupId", Group.idOf(server, alias));
        root.put("isTemplate", false);
        root.put("locationId", ids.location());
        root.put("osType", os.type());
        root.put("os", os.code());
        root.put("status", "active");
        addDetails(root.putObject("details"), server, id, scan);
        root.put("type", STANDARD);
        root.put("storageType", STANDARD);
        changeInfo(root, inventoryWritten);
        addLinks(root, server, id, alias);
        scan.ifPresent(newest -> addPatching(
                root.putObject("patching"), newest, known.rebootDue().contains(server.id())));
        return root;
    }

    /** Who wrote the inventory is not known; that it was written, and when, is. */
    static void changeInfo(ObjectNode entity, Instant written) {
        entity.putObject("changeInfo")
                .put("createdBy", "inventory")
                .put("createdDate", time(written))
                .put("modifiedBy", "inventory")
                .put("modifiedDate", time(written));
    }

    private void addDetails(ObjectNode details, Server server, String id, Optional<ScanSummary> scan) {
        Machine machine = machines.of(server);
        Optional<String> host = host(server.connection());
        var addresses = details.putArray("ipAddresses");
        host.filter(ServerDocument::isAddress)
                .ifPresent(address -> addresses.addObject().put("internal", address));
        details.putArray("alertPolicies");
        details.put("cpu", 0);
        details.put("diskCount", 0);
        details.put(
                "hostName",
                scan.map(ScanSummary::host)
                        .map(HostFacts::hostname)
                        .or(() -> host.filter(name -> !isAddress(name)))
                        .orElse(""));
        details.put("inMaintenanceMode", machine.inMaintenanceMode());
        details.put("memoryMB", 0);
        details.put("powerState", machine.powerState());
        details.put("storageGB", 0);
        details.putArray("disks");
        details.putArray("partitions");
        addSnapshots(details, machine, servers.aliasOf(server), id);
        var fields = details.putArray("customFields");
        for (Map.Entry<String, String> tag : new TreeMap<>(server.tags()).entrySet()) {
            fields.addObject()
                    .put("id", tag.getKey())
                    .put("name", tag.getKey())
                    .put("value", tag.getValue())
                    .put("displayValue", tag.getValue());
        }
    }

    private static void addSnapshots(ObjectNode details, Machine machine, String alias, String id) {
        var snapshots = details.putArray("snapshots");
        for (String name : machine.snapshots()) {
            ObjectNode snapshot = snapshots.addObject().put("name", name);
            Links links = Links.of(snapshot, alias);
            String path = links.server(id) + "/snapshots/" + name;
            links.addFor("DELETE", "delete", path).addFor("POST", "restore", path + "/restore");
        }
    }

    private void addLinks(ObjectNode root, Server server, String id, String alias) {
        String group = Group.idOf(server, alias);
        Links links = Links.of(root, alias);
        links.add("self", links.server(id), id)
                .add("group", links.group(group), group)
                .add("account", links.account(), alias.toLowerCase(Locale.ROOT));
    }

    private static void addPatching(ObjectNode patching, ScanSummary scan, boolean rebootDue) {
        patching.put("lastScan", time(scan.takenAt()));
        patching.put("baseline", scan.baseline());
        patching.put("compliant", scan.counts().compliant());
        patching.put("missing", Known.missing(scan));
        patching.put("rebootDue", rebootDue);
    }

    private static Optional<String> host(ConnectionSettings connection) {
        return connection instanceof ConnectionSettings.Ssh ssh ? Optional.of(ssh.host()) : Optional.empty();
    }

    private static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches();
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
