package io.patchway.hosts;

/**
 * How a command ended.
 *
 * @param status the exit status, 0 to 255
 * @param output what it wrote to standard output
 * @param errors what it wrote to standard error
 */
public record CommandResult(int status, String output, String errors) {
    /**
     * The output of a command that is expected to succeed, without white space around it.
     *
     * @throws IllegalStateException when the status is not 0
     */
    public String succeeded() {
        if (status != 0) {
            throw new IllegalStateException(
                    "the command ended with status %d: %s%s".formatted(status, output.strip(), errors.strip()));
        }
        return output.strip();
    }
}
