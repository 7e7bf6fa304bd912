package io.patchway.config;

import io.patchway.config.document.Problem;
import java.util.List;

/**
 * What was read from files that an operator wrote.
 *
 * @param content what could be taken; a file with a problem is left out as a whole
 * @param problems what was wrong, in the order of files and lines
 */
public record Loaded<T>(T content, List<Problem> problems) {
    public Loaded {
        problems = problems.stream().sorted().toList();
    }
}
