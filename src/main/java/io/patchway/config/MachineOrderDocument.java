package io.patchway.config;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problems;
import io.patchway.run.Operation;
import java.util.Optional;

/**
 * What is to be done to one machine, as it comes in through Patchway's own API.
 *
 * @param days after how many days a snapshot that is created is deleted
 */
public record MachineOrderDocument(Operation operation, int days) {
    private static final int USUAL_DAYS = 7;
    private static final Kind<Operation> OPERATION = Kind.word(Operation.class, Operation::word)
            .as(operation -> {
                if (operation.isPatching()) {
                    throw new IllegalArgumentException("is about patches; hand that in as a request");
                }
                return operation;
            });

    /**
     * Reads a document.
     *
     * @param name what problems call it
     */
    public static MachineOrderDocument read(String name, byte[] json) throws BadDocumentException {
        Problems problems = new Problems(name);
        Fields root = Fields.root(DocumentReader.json().read(name, json), problems, "operation", "expirationDays");
        Optional<Operation> operation = root.required("operation", OPERATION);
        int days = root.optional("expirationDays", Kind.integer(1, 10)).orElse(USUAL_DAYS);
        if (root.has("expirationDays")
                && operation.filter(Operation.CREATE_SNAPSHOT::equals).isEmpty()) {
            root.refuse("expirationDays", "is for createSnapshot only");
        }
        problems.throwIfAny();
        return new MachineOrderDocument(operation.orElseThrow(), days);
    }
}
