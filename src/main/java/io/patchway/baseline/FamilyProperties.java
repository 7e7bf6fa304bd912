package io.patchway.baseline;

import io.patchway.patch.Patch;
import io.patchway.server.PatchFamily;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where the patches of a family carry the properties that baselines ask for (AWS Patch Manager: how patches are
 * selected).
 */
sealed interface FamilyProperties permits NoticeProperties, AptProperties, WindowsProperties, MacosProperties {

    /** The values of a property; empty when the patch lacks it. */
    List<String> values(FilterKey key, PatchView view);

    /** Whether a rule approves it without {@code EnableNonSecurity}. */
    boolean passesAsSecurity(PatchView view);

    /** Whether its publisher calls it a security update. */
    boolean isSecurityUpdate(Patch patch);

    /** The date that delays and until-dates look at; empty when the patch is approved at once. */
    Optional<Instant> date(PatchView view);

    static FamilyProperties of(PatchFamily family) {
        return switch (family) {
            case YUM -> new NoticeProperties(true);
            case ZYPPER -> new NoticeProperties(false);
            case APT -> new AptProperties();
            case WINDOWS -> new WindowsProperties();
            case MACOS -> new MacosProperties();
        };
    }
}
