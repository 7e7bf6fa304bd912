package io.patchway.api.ssm;

/** Operations of the service that belong together. */
public interface OperationGroup {
    void addTo(OperationTable table);
}
