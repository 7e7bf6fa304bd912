package io.patchway.api.ivanti.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.api.ivanti.template.PatchFilter.GroupUse;
import io.patchway.baseline.BaselineRules;
import io.patchway.baseline.FilterKey;
import io.patchway.baseline.PatchBaseline;
import io.patchway.server.OperatingSystem;
import io.patchway.server.ServerId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What templates mean on Windows, which has words of its own. */
class TemplateBaselinesTest {
    private static final ServerId ANY = new ServerId("win01");

    private static PatchBaseline windows(PatchFilter filter) {
        PatchBaseline found = TemplateBaselines.of("template", filter, List.of())
                .baselineFor(ANY, OperatingSystem.WINDOWS)
                .orElseThrow();
        assertThat(BaselineRules.mistakes(found)).isEmpty();
        return found;
    }

    private static List<io.patchway.baseline.PatchFilter> filters(PatchBaseline baseline, int rule) {
        return baseline.approvalRules().get(rule).filters();
    }

    @Test
    void windowsIsAskedInItsOwnWords() {
        PatchBaseline everything = windows(PatchFilter.EVERYTHING);
        PatchBaseline some =
                windows(new PatchFilter(GroupUse.NONE, List.of(), List.of("Critical", "Unassigned"), List.of()));

        assertThat(filters(everything, 0))
                .containsExactly(new io.patchway.baseline.PatchFilter(
                        FilterKey.CLASSIFICATION, List.of("SecurityUpdates", "CriticalUpdates")));
        assertThat(filters(everything, 1))
                .singleElement()
                .satisfies(filter -> assertThat(filter.values()).contains("Updates", "UpdateRollups"));
        assertThat(filters(some, 0))
                .contains(new io.patchway.baseline.PatchFilter(
                        FilterKey.MSRC_SEVERITY, List.of("Critical", "Unspecified")));
    }

    @Test
    void linuxKeepsItsWords() {
        PatchBaseline redHat = TemplateBaselines.of(
                        "template",
                        new PatchFilter(GroupUse.NONE, List.of(), List.of("Low", "Unassigned"), List.of()),
                        List.of())
                .baselineFor(ANY, OperatingSystem.REDHAT_ENTERPRISE_LINUX)
                .orElseThrow();

        assertThat(filters(redHat, 0))
                .containsExactly(
                        new io.patchway.baseline.PatchFilter(FilterKey.SECURITY, List.of("true")),
                        new io.patchway.baseline.PatchFilter(FilterKey.SEVERITY, List.of("Low", "None")));
    }
}
