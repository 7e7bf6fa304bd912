package io.patchway.run;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Identity of a patch request; ordered by time. */
public record RequestId(UUID value) {
    public static RequestId next() {
        return new RequestId(UuidCreator.getTimeOrderedEpoch());
    }

    /** @throws IllegalArgumentException when the text is no UUID */
    public static RequestId of(String text) {
        return new RequestId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
