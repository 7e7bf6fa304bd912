package io.patchway.api.web;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.util.Optional;

/** The query parameters with which a list is read page by page. */
final class PageQuery {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private PageQuery() {}

    /** {@code limit}: how many entries a page has, 1 to 1,000; 100 unless told. */
    static int limit(Context context) {
        return (int) number(context, "limit", USUAL, 1, MOST);
    }

    /** {@code cursor}: where the page begins, as the page before it said. */
    static Optional<String> cursor(Context context) {
        return Optional.ofNullable(context.queryParam("cursor"));
    }

    /** A whole number; the answer is 400 when it is none or out of range. */
    static long number(Context context, String name, long otherwise, long least, long most) {
        Optional<String> given = Optional.ofNullable(context.queryParam(name));
        try {
            long number = given.map(Long::parseLong).orElse(otherwise);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw outside(name, least, most);
        }
        throw outside(name, least, most);
    }

    private static BadRequestResponse outside(String name, long least, long most) {
        return new BadRequestResponse(name + " must be a whole number from " + least + " to " + most);
    }
}
