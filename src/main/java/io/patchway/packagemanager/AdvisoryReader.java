package io.patchway.packagemanager;

import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Severity;
import io.patchway.patch.VersionScheme;
import java.util.ArrayList;
import java.util.List;

/** Reads the records of advisories: each begins with an {@code advisory}, and what follows belongs to it. */
final class AdvisoryReader {
    /** An advisory, and the versions that it names. */
    record NamedVersions(Advisory advisory, List<NamedVersion> versions) {}

    record NamedVersion(PackageKey key, PackageVersion version) {}

    private final List<NamedVersions> finished = new ArrayList<>();
    private AnswerRecord head;
    private List<String> cves = new ArrayList<>();
    private List<String> bugzillas = new ArrayList<>();
    private List<NamedVersion> versions = new ArrayList<>();

    /** @throws IllegalArgumentException when the record is not understood */
    void accept(AnswerRecord answer, VersionScheme scheme) {
        if (answer.kind().equals("advisory")) {
            finish();
            head = answer.expect(7);
            return;
        }
        if (head == null) {
            throw new IllegalArgumentException("'" + answer.kind() + "' stands before any advisory");
        }
        switch (answer.kind()) {
            case "cve" -> cves.add(answer.expect(1).field(0));
            case "bugzilla" -> bugzillas.add(answer.expect(1).field(0));
            default ->
                versions.add(new NamedVersion(
                        new PackageKey(answer.expect(3).field(0), answer.field(2)),
                        new PackageVersion(scheme, answer.field(1))));
        }
    }

    List<NamedVersions> all() {
        finish();
        head = null;
        return List.copyOf(finished);
    }

    private void finish() {
        if (head != null) {
            finished.add(new NamedVersions(advisory(), List.copyOf(versions)));
        }
        cves = new ArrayList<>();
        bugzillas = new ArrayList<>();
        versions = new ArrayList<>();
    }

    private Advisory advisory() {
        if (head.field(0).isBlank()) {
            throw new IllegalArgumentException("an advisory has no id");
        }
        return new Advisory(
                head.field(0),
                XmlText.decode(head.field(6)),
                new Classification(head.field(1)),
                new Severity(head.field(2)),
                VendorTime.parse(head.field(3)),
                VendorTime.parse(head.field(4)),
                cves,
                bugzillas,
                head.field(5).equals("1"));
    }
}
