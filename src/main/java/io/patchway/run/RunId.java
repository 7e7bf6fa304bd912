package io.patchway.run;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Identity of a server run (the execution id of mails and receipts); ordered by time. */
public record RunId(UUID value) {
    public static RunId next() {
        return new RunId(UuidCreator.getTimeOrderedEpoch());
    }

    /** @throws IllegalArgumentException when the text is no UUID */
    public static RunId of(String text) {
        return new RunId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
