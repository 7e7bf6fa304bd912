package io.patchway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.server.PatchFamily;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFormTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[main-mirror]\nname=Mirror\nbaseurl=https://mirror.example.com/$releasever/$basearch\nenabled=1",
                "# of ours\n\n"
                        + "[a]\n"
                        + "baseurl = https://one\n"
                        + "  https://two\n"
                        + "gpgcheck=1\n\n"
                        + "[b:1.0]\n"
                        + "; by the list\n"
                        + "mirrorlist=https://x",
                "[a]\nbaseurl=\n  https://one",
                "[a]\r\nmetalink=https://x?repo=a&arch=x\r\n"
            })
    void aRepoFileIsForHostsWithRpm(String configuration) {
        assertThat(SourceForm.problem(source(configuration), PatchFamily.YUM)).isEmpty();
        assertThat(SourceForm.problem(source(configuration), PatchFamily.ZYPPER))
                .isEmpty();
        assertThat(SourceForm.problem(source(configuration), PatchFamily.APT)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deb http://deb.example.com/debian bookworm main",
                "deb [signed-by=/usr/share/keyrings/x.gpg arch=amd64] https://x/debian bookworm-security main contrib",
                "# ours\ndeb copy:/srv/archive ./\n\ndeb file:///srv/other stable/ # flat\n"
            })
    void debLinesAreForHostsWithApt(String configuration) {
        assertThat(SourceForm.problem(source(configuration), PatchFamily.APT)).isEmpty();
        assertThat(SourceForm.problem(source(configuration), PatchFamily.YUM)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|needs a stanza",
                "# nothing|needs a stanza",
                "baseurl=https://x|line 1 of its configuration stands before the first stanza",
                "[a]\\nname=A|ends with ('a') has no baseurl",
                "[a]\\nbaseurl=|ends with ('a') has no baseurl",
                "[a]\\nname=A\\n[b]\\nbaseurl=x|line 3 of its configuration begins a stanza, but the one before ('a')",
                "[a]\\n"
                        + "baseurl=x\\n"
                        + "[a]\\n"
                        + "baseurl=y|line 3 of its configuration begins the stanza 'a', which there was before",
                "[main]\\nbaseurl=x|the stanza 'main'",
                "[a b]\\nbaseurl=x|line 1 of its configuration must be '[id]'",
                "[../a]\\nbaseurl=x|line 1 of its configuration must be '[id]'",
                "[a]\\nhello|line 2 of its configuration must be 'setting=value'",
                "[a]\\nbaseurl=x\\7|control characters"
            })
    void aRepoFileThatIsNoneIsRefused(String configuration, String problem) {
        assertThat(SourceForm.problem(source(configuration.translateEscapes()), PatchFamily.YUM))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("source own: ").contains(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|needs a line 'deb",
                "deb-src http://x stable main|line 1 of its configuration must be 'deb",
                "deb x stable main|line 1 of its configuration must be 'deb",
                "deb http://x|line 1 of its configuration must be 'deb",
                "deb http://x stable|needs components",
                "deb http://x ./ main|needs components",
                "deb http://x stable main\\nTypes: deb|line 2 of its configuration must be 'deb"
            })
    void aListThatAptCouldNotReadIsRefused(String configuration, String problem) {
        assertThat(SourceForm.problem(source(configuration.translateEscapes()), PatchFamily.APT))
                .hasValueSatisfying(text -> assertThat(text).contains(problem));
    }

    @Test
    void twoSourcesOfOneHostCannotHaveTheSameRepository() {
        PatchSource one = source("[a]\nbaseurl=x");
        PatchSource other = new PatchSource("other", List.of("*"), "[a]\nbaseurl=y");

        assertThat(SourceForm.problem(List.of(one, other), PatchFamily.YUM))
                .contains("source other: line 1 of its configuration begins the stanza 'a', which there was before");
    }

    @Test
    void whatOneHostIsToldOfSourcesHasALimit() {
        List<PatchSource> sources = IntStream.range(0, 20)
                .mapToObj(number -> new PatchSource(
                        "source-" + number, List.of("*"), "[s%d]\nbaseurl=x\n# %s".formatted(number, "ä".repeat(1000))))
                .toList();

        assertThat(SourceForm.problem(sources.subList(0, 19), PatchFamily.YUM)).isEmpty();
        assertThat(SourceForm.problem(sources, PatchFamily.YUM))
                .contains("the configurations of its sources for one host have more than 40000 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a b", "../../x", "a/b", "$(id)"})
    void aSourceNeedsANameThatAFileCanHave(String name) {
        assertThat(SourceForm.problem(new PatchSource(name, List.of("*"), "[a]\nbaseurl=x"), PatchFamily.YUM))
                .isPresent();
    }

    @Test
    void aSourceServesTheProductsThatItNamesLetterCaseAside() {
        PatchSource source = new PatchSource("own", List.of("RedhatEnterpriseLinux9.4", "Suse15.6"), "");

        assertThat(source.serves("redhatenterpriselinux9.4")).isTrue();
        assertThat(source.serves("RedhatEnterpriseLinux9.5")).isFalse();
        assertThat(new PatchSource("own", List.of("*"), "").serves("Debian12")).isTrue();
    }

    private static PatchSource source(String configuration) {
        return new PatchSource("own", List.of("*"), configuration);
    }
}
