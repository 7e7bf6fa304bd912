package io.patchway.mail;

import io.patchway.run.RequestId;

/** The end of a request's id: short enough for a subject, and the part that is random. */
final class ShortId {
    private static final int LENGTH = 8;

    private ShortId() {}

    static String of(RequestId request) {
        String id = request.toString();
        return id.substring(id.length() - LENGTH);
    }
}
