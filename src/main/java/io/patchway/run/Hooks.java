package io.patchway.run;

import java.util.List;
import java.util.Optional;

/** The hooks that requests may name. */
@FunctionalInterface
public interface Hooks {
    List<Hook> all();

    /** The hook of this name. */
    default Optional<Hook> find(String name) {
        return all().stream().filter(hook -> hook.name().equals(name)).findFirst();
    }
}
