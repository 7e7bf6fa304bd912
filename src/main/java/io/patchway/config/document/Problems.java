package io.patchway.config.document;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong in one document, so that it can be mended in one go. */
public final class Problems {
    private static final int MAX_REPORTED = 100;

    private final String file;
    private final List<Problem> list = new ArrayList<>();
    private int count;

    public Problems(String file) {
        this.file = file;
    }

    /** Notes what is wrong at a place. */
    public void add(Value.Place place, String field, String message) {
        count++;
        if (count <= MAX_REPORTED) {
            list.add(new Problem(file, place.line(), field, message));
        }
    }

    /** Whether nothing is wrong so far. */
    public boolean none() {
        return count == 0;
    }

    /** @throws BadDocumentException when anything is wrong */
    public void throwIfAny() throws BadDocumentException {
        if (none()) {
            return;
        }
        if (count > MAX_REPORTED) {
            list.add(new Problem(file, 0, "", "and " + (count - MAX_REPORTED) + " more problems"));
        }
        throw new BadDocumentException(list);
    }
}
