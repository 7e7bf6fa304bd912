package io.patchway.api.ssm.window;

import io.patchway.access.Caller;
import io.patchway.api.ssm.SsmException;
import io.patchway.run.window.StoredWindow;
import io.patchway.run.window.WindowBook;
import io.patchway.run.window.WindowBook.Act;
import io.patchway.run.window.Windows;
import io.patchway.window.WindowId;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Finds and changes maintenance windows, with the refusals that all operations share. */
final class WindowAccess {
    private static final int USUAL_PAGE = 50;

    private final Windows windows;
    private final WindowBook book;
    private final Clock clock;

    WindowAccess(Windows windows, WindowBook book, Clock clock) {
        this.windows = windows;
        this.book = book;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    List<StoredWindow> all() {
        return windows.all();
    }

    Optional<StoredWindow> find(String id) {
        return windows.find(new WindowId(id));
    }

    /** @throws SsmException {@code DoesNotExistException} */
    StoredWindow existing(String id) {
        return find(id).orElseThrow(WindowAccess::unknown);
    }

    /** Adds a window, unless a repeated call has done so before. */
    void add(StoredWindow window, Caller caller) {
        book.add(
                window,
                new Act(
                        caller.name(),
                        "window.created",
                        window.terms().name() + ", " + window.terms().schedule()),
                window.createdAt());
    }

    /**
     * Changes a window; what the change throws leaves it as it was.
     *
     * @throws SsmException {@code DoesNotExistException}, or {@code ValidationException} when it is written in a file
     */
    StoredWindow change(Caller caller, String id, String action, String detail, UnaryOperator<StoredWindow> change) {
        StoredWindow window = existing(id);
        refuseFile(window);
        String about = window.terms().name() + (detail.isEmpty() ? "" : ": " + detail);
        return book.change(window.id(), change, new Act(caller.name(), action, about), now())
                .orElseThrow(WindowAccess::unknown);
    }

    void remove(StoredWindow window, Caller caller) {
        refuseFile(window);
        book.remove(
                window.id(),
                new Act(caller.name(), "window.deleted", window.terms().name()),
                now());
    }

    private static void refuseFile(StoredWindow window) {
        window.file().ifPresent(file -> {
            throw SsmException.invalid(
                    "Maintenance window " + window.id() + " (" + window.terms().name() + ") is written in the file "
                            + file + "; change it there and start Patchway again");
        });
    }

    /** In the very words of the service, which scripts look for. */
    private static SsmException unknown() {
        return missing("Maintenance window ID");
    }

    /** Something that an id leads to nowhere. */
    static SsmException missing(String what) {
        return new SsmException("DoesNotExistException", what + " does not exist");
    }

    /** Runs what checks a request; its refusals become those of the service. */
    static <T> T checked(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw SsmException.invalid(e.getMessage());
        }
    }

    static UUID uuid(String text) {
        return checked(() -> UUID.fromString(text));
    }

    /** A time in a token that was given out before. */
    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new SsmException("InvalidNextToken", "The specified token is not valid; start again without one");
        }
    }

    /** How many entries a page has. */
    static int most(Optional<Integer> asked) {
        return asked.orElse(USUAL_PAGE);
    }
}
