package io.patchway.config.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.List;

/** Says in one line what the parser says in several. */
final class SyntaxProblem {
    private SyntaxProblem() {}

    static BadDocumentException of(String file, IOException error) {
        int line = 0;
        String message = error.getMessage();
        if (error instanceof JsonProcessingException syntax) {
            message = syntax.getOriginalMessage();
            line = syntax.getLocation() == null ? 0 : syntax.getLocation().getLineNr();
        }
        return new BadDocumentException(
                List.of(new Problem(file, Math.max(line, 0), "", "is not well-formed: " + firstLine(message))));
    }

    private static String firstLine(String message) {
        String line = message.lines()
                .findFirst()
                .orElse("it cannot be parsed")
                .replaceFirst(" \\(start marker at .*", "")
                .strip();
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }
}
