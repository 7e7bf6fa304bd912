package io.patchway.store;

import io.patchway.baseline.Evaluation;
import io.patchway.baseline.PackageState;
import io.patchway.baseline.PatchState;
import io.patchway.run.ScanRecord;
import io.patchway.scan.ScanResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A scan as compressed JSON. One that would be too large keeps only the packages that something is to be said about,
 * and if they are still too many, none; the figures beside the document are of the whole scan.
 */
final class ScanDocument {
    /** The longest byte string that H2 keeps in a row. */
    private static final int LARGEST = 1_000_000;

    private static final Set<PatchState> UNREMARKABLE = EnumSet.of(PatchState.INSTALLED, PatchState.NOT_APPLICABLE);

    private ScanDocument() {}

    static byte[] of(ScanRecord scan) {
        byte[] whole = compress(scan);
        if (whole.length <= LARGEST) {
            return whole;
        }
        List<PackageState> remarkable = scan.evaluation().states().stream()
                .filter(state -> !UNREMARKABLE.contains(state.state()))
                .toList();
        byte[] reduced = compress(reduce(scan, remarkable));
        return reduced.length <= LARGEST ? reduced : compress(reduce(scan, List.of()));
    }

    private static ScanRecord reduce(ScanRecord scan, List<PackageState> states) {
        ScanResult result = scan.scan();
        ScanResult smaller = new ScanResult(
                result.takenAt(),
                result.family(),
                result.host(),
                List.of(),
                List.of(),
                Set.of(),
                result.rebootVotes(),
                result.metadataAge());
        return new ScanRecord(
                smaller, scan.baseline(), scan.version(), new Evaluation(List.of(), states), scan.occasion());
    }

    static ScanRecord read(byte[] document) {
        try (GZIPInputStream input = new GZIPInputStream(new ByteArrayInputStream(document))) {
            return JsonText.read(new String(input.readAllBytes(), StandardCharsets.UTF_8), ScanRecord.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the database holds a scan that cannot be unpacked", e);
        }
    }

    private static byte[] compress(ScanRecord scan) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream output = new QuickGzip(bytes)) {
            JsonText.write(scan, output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compress a scan in memory", e);
        }
        return bytes.toByteArray();
    }

    /** Scans are written far more often than read, and repeat themselves so much that little effort is enough. */
    private static final class QuickGzip extends GZIPOutputStream {
        QuickGzip(OutputStream output) throws IOException {
            super(output, 8192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
