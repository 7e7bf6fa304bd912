package io.patchway.run;

import io.patchway.rollout.HealthGate;
import java.util.Optional;

/** Asks a web page whether things are well. */
@FunctionalInterface
public interface HealthPage {

    /** @return empty when it answers as the gate wants it; else what it answers, or why it does not, for people */
    Optional<String> ask(HealthGate.WebPage gate);
}
