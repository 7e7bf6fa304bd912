package io.patchway.api.web;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.Problem;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * Reads an order from the body of a call.
 *
 * @param <T> the order
 */
@FunctionalInterface
interface OrderReader<T> {

    /** @param name of the document, for messages */
    T read(String name, byte[] body) throws BadDocumentException;

    /** The order in the body; the answer is 400 with everything that is wrong with it otherwise. */
    static <T> T read(Context context, OrderReader<T> reader) throws IOException {
        try {
            return reader.read("request body", RequestsResource.body(context));
        } catch (BadDocumentException e) {
            throw new BadRequestResponse(
                    e.problems().stream().map(Problem::toString).collect(Collectors.joining("; ")));
        }
    }
}
