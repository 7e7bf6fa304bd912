package io.patchway.packagemanager;

import io.patchway.patch.Advisory;
import io.patchway.patch.Classification;
import io.patchway.patch.InstalledPackage;
import io.patchway.patch.PackageKey;
import io.patchway.patch.PackageVersion;
import io.patchway.patch.Patch;
import io.patchway.patch.Severity;
import io.patchway.patch.WindowsUpdate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An {@code update} record with the {@code kb}, {@code bulletin} and {@code cve} records that follow it. */
final class UpdateRecords {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu.MM.dd").withZone(ZoneOffset.UTC);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern KB = Pattern.compile("[0-9]{1,10}");

    private final AnswerRecord head;
    private final String state;
    private final String id;
    private final Set<String> kbs = new LinkedHashSet<>();
    private final List<String> bulletins = new ArrayList<>();
    private final Set<String> cves = new LinkedHashSet<>();

    /** @throws IllegalArgumentException when the record is not understood */
    UpdateRecords(AnswerRecord head) {
        this.head = head.expect(13);
        this.state = head.field(0);
        this.id = head.field(1);
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("'" + PlainText.line(id, 60) + "' is not the id of an update");
        }
    }

    /** @throws IllegalArgumentException when the record is not understood */
    void accept(AnswerRecord detail) {
        String value = detail.expect(1).field(0);
        switch (detail.kind()) {
            case "kb" -> kbs.add(kb(value));
            case "bulletin" -> bulletins.add(value);
            default -> cves.add(value.startsWith("CVE-") ? value : "CVE-" + value);
        }
    }

    private static String kb(String number) {
        if (!KB.matcher(number).matches()) {
            throw new IllegalArgumentException(
                    "'" + PlainText.line(number, 60) + "' is not the number of a KB article");
        }
        return "KB" + number;
    }

    /** @param kb such as {@code KB5034129} */
    static PackageKey key(String kb) {
        return new PackageKey(kb, PackageKey.WINDOWS);
    }

    /** The first KB article, or the id of the update when there is none. */
    PackageKey key() {
        return key(kbs.stream().findFirst().orElse(id));
    }

    boolean isOffered() {
        return state.equals("offered");
    }

    /** An article is published anew, with the day and the revision: the later one is the newer. */
    PackageVersion version() {
        return PackageVersion.windows(
                date().map(DAY::format).orElse("0") + "." + Integer.parseUnsignedInt(head.field(2)));
    }

    InstalledPackage installed() {
        return new InstalledPackage(key(), version(), Optional.empty());
    }

    /** @param others of the same article and on offer at the same time, such as those for two versions of .NET */
    Patch patch(Optional<PackageVersion> installed, List<UpdateRecords> others) {
        List<UpdateRecords> all =
                Stream.concat(Stream.of(this), others.stream()).toList();
        WindowsUpdate update = new WindowsUpdate(
                head.field(12),
                all.stream().map(each -> each.id).distinct().sorted().toList(),
                head.field(5),
                head.field(6),
                all.stream()
                        .mapToLong(each -> Long.parseLong(each.head.field(8)))
                        .sum(),
                all.stream().allMatch(each -> each.head.field(10).equals("1")));
        return new Patch(
                key(),
                version(),
                installed,
                "Windows Update",
                advisories(),
                false,
                Optional.empty(),
                Optional.empty(),
                date(),
                all.stream().flatMap(each -> each.cves.stream()).distinct().toList(),
                Optional.empty(),
                Optional.of(update));
    }

    /** The update is the notice; a security bulletin that it belongs to names it as well. */
    private List<Advisory> advisories() {
        return Stream.concat(Stream.of(key().name()), bulletins.stream())
                .distinct()
                .map(this::advisory)
                .toList();
    }

    private Advisory advisory(String notice) {
        return new Advisory(
                notice,
                head.field(12),
                new Classification(head.field(4).replace(" ", "")),
                new Severity(head.field(3).isBlank() ? "Unspecified" : head.field(3)),
                date(),
                Optional.empty(),
                List.copyOf(cves),
                List.of(),
                head.field(9).equals("always"));
    }

    private Optional<Instant> date() {
        return VendorTime.parse(head.field(7));
    }
}
