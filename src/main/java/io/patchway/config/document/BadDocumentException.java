package io.patchway.config.document;

import java.util.List;
import java.util.stream.Collectors;

/** A document that is not taken, with everything that is wrong in it. */
public final class BadDocumentException extends Exception {
    private final transient List<Problem> problems;

    public BadDocumentException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = problems.stream().sorted().toList();
    }

    /** At least one, in the order of the document. */
    public List<Problem> problems() {
        return problems;
    }
}
