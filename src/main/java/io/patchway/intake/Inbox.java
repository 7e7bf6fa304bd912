package io.patchway.intake;

import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Problem;
import io.patchway.run.Fingerprint;
import io.patchway.run.RequestForm.Origin;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder into which request files are dropped. A file that was dealt with moves to {@code done} or {@code rejected}
 * inside that folder, with a receipt beside it.
 *
 * <p>A file is complete when a done marker ({@code NAME.json.done}) lies beside it. Without one it must have been quiet
 * for a moment, and what it holds must not end in the middle: JSON shows where it ends, so a writer that pauses is
 * seen. Only when such a file has not changed for long is it rejected as unfinished.
 */
public final class Inbox {
    /** How long an unmarked file must be quiet before it is looked at. */
    public static final Duration QUIET = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private final Path folder;
    private final RequestIntake intake;
    private final Clock clock;
    private final Duration patience;

    /**
     * @param folder is made when it does not exist
     * @param patience how long a file that ends in the middle may stay unchanged before it is rejected
     */
    public Inbox(Path folder, RequestIntake intake, Clock clock, Duration patience) throws IOException {
        this.folder = folder;
        this.intake = intake;
        this.clock = clock;
        this.patience = patience;
        Files.createDirectories(done());
        Files.createDirectories(rejected());
    }

    /** Whether a file is a request and complete, so that {@link #receive} may have it. */
    public boolean isReady(File candidate) {
        DroppedFile file = new DroppedFile(candidate.toPath());
        if (!candidate.getName().endsWith(".json") || candidate.isHidden()) {
            return false;
        }
        if (!file.isRegular() || file.isMarkedDone()) {
            return true;
        }
        Optional<Instant> lastChange = file.lastChange();
        if (lastChange.isEmpty()) {
            return false;
        }
        Duration unchanged = Duration.between(lastChange.get(), clock.instant());
        return unchanged.compareTo(patience) >= 0
                || (unchanged.compareTo(QUIET) >= 0 && !JsonEnd.isMissing(file.read(DocumentReader.MAX_BYTES + 1)));
    }

    /** Takes the request of a file, puts the receipt where the file will go, and moves the file there. */
    public void receive(File candidate) throws IOException {
        DroppedFile file = new DroppedFile(candidate.toPath());
        Outcome outcome = outcome(file);
        Path target = freeName(outcome.accepted() ? done() : rejected(), file.safeName());
        write(receiptOf(target), intake.receipt(outcome));
        Files.move(file.path(), target, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(file.doneMarker());
        log(file.safeName(), outcome);
    }

    private Outcome outcome(DroppedFile file) {
        String name = file.safeName();
        if (!file.isRegular()) {
            return intake.refuse(
                    List.of(new Problem(name, 0, "", "is not a regular file; links are not followed")),
                    origin(name, Optional.empty()));
        }
        byte[] content = file.read(DocumentReader.MAX_BYTES + 1);
        Origin origin = origin(name, Optional.of(Fingerprint.of("inbox", content)));
        Outcome outcome = intake.take(name, content, origin);
        return outcome instanceof Outcome.Refused refused && JsonEnd.isMissing(content)
                ? unfinished(name, refused)
                : outcome;
    }

    private static Origin origin(String name, Optional<String> fingerprint) {
        return new Origin("inbox " + name, "inbox", fingerprint, Optional.empty());
    }

    private static Outcome unfinished(String name, Outcome.Refused refused) {
        List<Problem> problems = new ArrayList<>(refused.problems());
        problems.add(new Problem(
                name,
                0,
                "",
                "ends in the middle; write it under another name (such as NAME.part) and rename it when it is"
                        + " complete, or then put an empty NAME.json.done beside it"));
        return new Outcome.Refused(problems);
    }

    private static Path freeName(Path folder, String name) {
        String stem = name.substring(0, name.length() - ".json".length());
        Path target = folder.resolve(name);
        for (int number = 2; Files.exists(target) || Files.exists(receiptOf(target)); number++) {
            target = folder.resolve(stem + "-" + number + ".json");
        }
        return target;
    }

    private static Path receiptOf(Path target) {
        return target.resolveSibling(target.getFileName() + ".receipt.json");
    }

    private static void write(Path receipt, byte[] content) throws IOException {
        Path unfinished = receipt.resolveSibling("." + receipt.getFileName() + ".part");
        Files.write(unfinished, content);
        Files.move(unfinished, receipt, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void log(String name, Outcome outcome) {
        switch (outcome) {
            case Outcome.Answered answered
            when answered.accepted() ->
                LOG.info(
                        "{}: request {}{}",
                        name,
                        answered.receipt().request().orElseThrow(),
                        answered.receipt().duplicate() ? " (sent before)" : "");
            case Outcome.Answered answered -> LOG.warn("{}: every server was refused; see its receipt", name);
            case Outcome.Busy busy -> LOG.warn("Request file refused: {}", busy.problem());
            case Outcome.Refused refused ->
                refused.problems().forEach(problem -> LOG.warn("Request file refused: {}", problem));
        }
    }

    private Path done() {
        return folder.resolve("done");
    }

    private Path rejected() {
        return folder.resolve("rejected");
    }
}
