package io.patchway.config;

import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import io.patchway.config.document.Fields;
import io.patchway.config.document.Kind;
import io.patchway.config.document.Problems;
import io.patchway.run.PatchOverride.ListedPatch;
import java.util.List;
import java.util.Optional;

/** Reads an install list: a YAML document whose {@code patches} each have an {@code id} and a {@code title}. */
public final class InstallListFile {
    private static final int MOST_PATCHES = 1000;
    private static final Kind<String> PATTERN = Kind.line(1, 500);

    private InstallListFile() {}

    /**
     * Reads a list.
     *
     * @param name what to call the document in problems
     * @throws BadDocumentException with everything that is wrong
     */
    public static List<ListedPatch> read(String name, byte[] content) throws BadDocumentException {
        Problems problems = new Problems(name);
        Fields root = Fields.root(DocumentReader.yaml().read(name, content), problems, "patches")
                .need("patches");
        List<ListedPatch> patches = root.groups("patches", 1, MOST_PATCHES, InstallListFile::patch, "id", "title");
        problems.throwIfAny();
        return patches;
    }

    private static Optional<ListedPatch> patch(Fields fields) {
        Optional<String> id = fields.required("id", PATTERN);
        Optional<String> title = fields.required("title", PATTERN);
        return id.flatMap(there -> title.map(text -> new ListedPatch(there, text)));
    }
}
