package io.patchway.api.ssm.baseline;

import io.patchway.api.ssm.SsmException;
import io.patchway.baseline.BaselineId;
import io.patchway.baseline.Baselines;
import io.patchway.baseline.CatalogueRefusal;
import io.patchway.baseline.StoredBaseline;
import io.patchway.baseline.StoredBaseline.Owner;
import java.util.function.Supplier;

/**
 * Baselines as the service names them: its predefined ones by ARN, all others by their bare ids. It takes either form.
 *
 * @param region for ARNs, such as {@code us-east-1}
 * @param account for ARNs, twelve digits
 */
public record BaselineNames(String region, String account) {

    /** What the service calls a baseline. */
    public String of(StoredBaseline baseline) {
        return baseline.owner() == Owner.PREDEFINED
                ? "arn:aws:ssm:" + region + ":" + account + ":patchbaseline/" + baseline.id()
                : baseline.id().value();
    }

    /** @throws SsmException {@code DoesNotExistException} when it has not the form of an id */
    static BaselineId read(String text) {
        return BaselineId.read(text).orElseThrow(() -> unknown(text));
    }

    /** @throws SsmException {@code DoesNotExistException} when there is no such baseline */
    static StoredBaseline find(Baselines baselines, String text) {
        return baselines.find(read(text)).orElseThrow(() -> unknown(text));
    }

    /** Carries out a change, and tells a refusal in the words of the service. */
    static <T> T changing(Supplier<T> change) {
        try {
            return change.get();
        } catch (CatalogueRefusal refusal) {
            String code = switch (refusal.kind()) {
                case UNKNOWN -> "DoesNotExistException";
                case OWNED_ELSEWHERE -> "ValidationException";
                case IN_USE -> "ResourceInUseException";
                case GROUP_TAKEN -> "AlreadyExistsException";
                case TOO_MANY -> "ResourceLimitExceededException";
            };
            throw new SsmException(code, refusal.getMessage());
        }
    }

    private static SsmException unknown(String text) {
        return new SsmException("DoesNotExistException", "Patch baseline " + text + " does not exist.");
    }
}
