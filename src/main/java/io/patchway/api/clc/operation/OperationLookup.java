package io.patchway.api.clc.operation;

import io.patchway.run.ExecutionNumber;
import java.util.Optional;

/** One kind of operations that have a status. */
@FunctionalInterface
public interface OperationLookup {

    /** Where the operation of this number stands; empty when it is of another kind, or there is none. */
    Optional<OperationStatus> find(ExecutionNumber number);
}
