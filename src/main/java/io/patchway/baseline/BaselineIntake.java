package io.patchway.baseline;

import io.patchway.baseline.StoredBaseline.Owner;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the predefined baselines and those of files are brought in when Patchway starts. */
public interface BaselineIntake {

    /**
     * Makes the stored baselines what the files say. Content that differs becomes a new version. The baseline of a file
     * that is gone is no longer listed, unless a patch group or a default still needs it: then it goes on serving with
     * its last content.
     *
     * <p>A file that says it is the default becomes so when it begins to say it; afterwards the last word counts, also
     * across restarts: what was registered later stays registered.
     *
     * @param present every baseline that ships with the product or stands in a file
     * @param unreadable files that exist but cannot be read; what they last said stays
     * @return the baselines whose file is gone, and that something still needs
     */
    List<StoredBaseline> bringIn(List<Declared> present, Set<String> unreadable);

    /**
     * A baseline that is not stored through the API.
     *
     * @param file the file that owns it; empty for a predefined one
     */
    record Declared(PatchBaseline content, Optional<String> file) {
        public Owner owner() {
            return file.isPresent() ? Owner.FILE : Owner.PREDEFINED;
        }

        public BaselineId id() {
            return BaselineId.ofName(content.name());
        }
    }
}
