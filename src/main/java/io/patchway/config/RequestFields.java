package io.patchway.config;

import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.rollout.Rollout;
import io.patchway.run.MachineOrders;
import io.patchway.run.Operation;
import io.patchway.run.PatchRequest;
import io.patchway.run.RebootOption;
import io.patchway.run.RequestForm;
import io.patchway.run.ScriptPackage;
import io.patchway.run.SpecialOrders;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the fields of a patch request, the same in a dropped file, in a request body and in a maintenance window. */
final class RequestFields {
    static final List<String> TARGETS = List.of("servers", "groups", "tags");
    static final List<String> WORK = List.of(
            "operation",
            "baseline",
            "package",
            "rebootOption",
            "maxRounds",
            "notify",
            "rollout",
            "maintenance",
            "powerOn");

    private static final int MOST_SERVERS = 20_000;
    private static final Kind<String> SERVER = Kind.line(1, 256);
    private static final Kind<String> PARAMETER_NAME = Kind.line(1, 100);
    private static final Kind<String> PARAMETER_VALUE = Kind.line(0, 1000);

    private RequestFields() {}

    /**
     * Reads a request.
     *
     * @param fields what is wanted
     * @param targets where the fields of the targets are
     * @return empty when the operation is not known
     */
    static Optional<RequestForm> read(Fields fields, Fields targets) {
        List<String> servers = targets.list("servers", 0, MOST_SERVERS, SERVER);
        List<String> groups = targets.list("groups", 0, 1000, Words.GROUP);
        Map<String, String> tags = targets.map("tags", Words.TAG_KEY, Words.TAG_VALUE);
        if (TARGETS.stream().noneMatch(targets::has)) {
            targets.refuse("servers", "is missing; name servers, groups or tags");
        }
        Optional<Fields> scriptPackage = fields.group("package", "packageId", "name", "parameters");
        Optional<String> called = scriptPackage.flatMap(RequestFields::packageName);
        Map<String, String> parameters = scriptPackage
                .map(group -> group.map("parameters", PARAMETER_NAME, PARAMETER_VALUE))
                .orElse(Map.of());
        Optional<String> baseline = fields.optional("baseline", Words.BASELINE_NAME);
        if (scriptPackage.isPresent() && fields.has("baseline")) {
            fields.refuse("baseline", "has no meaning beside a package, which approves everything but its exclusions");
        }
        RebootOption reboot = fields.optional("rebootOption", Kind.word(RebootOption.class, RequestFields::word))
                .orElse(RebootOption.IF_NEEDED);
        int rounds = fields.optional("maxRounds", Kind.integer(1, 20)).orElse(PatchRequest.DEFAULT_MAX_ROUNDS);
        List<String> recipients = fields.list("notify", 0, 50, Words.MAIL_ADDRESS);
        Optional<Rollout> rollout = RolloutFields.read(fields);
        boolean maintenance = maintenance(fields, parameters);
        boolean powerOn = fields.optional("powerOn", Kind.truth()).orElse(false);
        return operation(fields, scriptPackage.isPresent())
                .filter(operation -> operation == Operation.INSTALL || noScanIn(fields, maintenance))
                .map(operation -> new RequestForm(
                        operation,
                        reboot,
                        rounds,
                        servers,
                        groups,
                        tags,
                        baseline,
                        Optional.empty(),
                        called,
                        parameters,
                        recipients,
                        rollout,
                        SpecialOrders.NONE
                                .orMaintenance(maintenance)
                                .on(powerOn ? MachineOrders.POWER_ON_FIRST : MachineOrders.NONE)));
    }

    private static boolean maintenance(Fields fields, Map<String, String> parameters) {
        if (fields.has("maintenance") && parameters.containsKey(ScriptPackage.MAINTENANCE)) {
            fields.refuse(
                    "maintenance", "is said by the package's parameter " + ScriptPackage.MAINTENANCE + " already");
        }
        return fields.optional("maintenance", Kind.truth()).orElse(false);
    }

    private static boolean noScanIn(Fields fields, boolean maintenance) {
        if (maintenance) {
            fields.refuse("maintenance", "has no meaning for a scan, which changes nothing");
        }
        return !maintenance;
    }

    private static Optional<Operation> operation(Fields fields, boolean byPackage) {
        Kind<Operation> kind = Kind.word(Work.class, Work::word).as(Work::operation);
        if (byPackage && !fields.has("operation")) {
            return Optional.of(Operation.INSTALL);
        }
        return fields.required("operation", kind);
    }

    private static Optional<String> packageName(Fields fields) {
        Optional<String> id = fields.optional("packageId", Kind.line(1, 100));
        Optional<String> name = fields.optional("name", Kind.line(1, 100));
        if (fields.has("packageId") == fields.has("name")) {
            fields.refuse("packageId", "is needed, or else the package's name; one of the two");
        }
        return id.or(() -> name);
    }

    private static String word(RebootOption option) {
        return switch (option) {
            case IF_NEEDED -> "IfNeeded";
            case NEVER -> "Never";
            case ALWAYS -> "Always";
        };
    }

    /** What the document may ask for; what is done to machines has calls of its own. */
    private enum Work {
        SCAN(Operation.SCAN),
        INSTALL(Operation.INSTALL);

        private final Operation operation;

        Work(Operation operation) {
            this.operation = operation;
        }

        Operation operation() {
            return operation;
        }

        String word() {
            return operation.word();
        }
    }
}
