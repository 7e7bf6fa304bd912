package io.patchway.run;

import java.util.List;
import java.util.Optional;

/** The script packages that Patchway knows. */
public interface ScriptPackages {

    /** All packages, ordered by name. */
    List<ScriptPackage> all();

    /** The package with this id, alias or name. */
    default Optional<ScriptPackage> find(String idOrName) {
        return all().stream().filter(candidate -> candidate.isCalled(idOrName)).findFirst();
    }
}
