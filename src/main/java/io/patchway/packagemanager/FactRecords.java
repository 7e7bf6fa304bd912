package io.patchway.packagemanager;

import io.patchway.scan.HostFacts;
import java.util.HashMap;
import java.util.Map;

/** Collects the records {@code fact NAME VALUE}, whatever the operating system. */
final class FactRecords {
    private final Map<String, String> values = new HashMap<>();

    void accept(AnswerRecord answer) {
        values.put(answer.expect(2).field(0), answer.field(1));
    }

    /** @throws IllegalArgumentException when one is missing */
    HostFacts hostFacts() {
        return new HostFacts(
                value("hostname"),
                value("os-id"),
                value("os-version"),
                value("os-name"),
                value("arch"),
                value("kernel"),
                value("boot-id"),
                ScanReader.seconds(value("uptime")),
                value("package-manager"));
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the fact '" + name + "' is missing");
        }
        return value;
    }
}
