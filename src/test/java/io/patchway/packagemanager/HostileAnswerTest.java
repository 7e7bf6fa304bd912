package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchway.connection.ScriptOutput;
import io.patchway.faults.Survives;
import io.patchway.run.ServerFault;
import io.patchway.run.ServerFault.Kind;
import io.patchway.scan.ScanResult;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileAnswerTest {
    private static final String SCAN = Answers.recorded("dnf.txt");

    @Test
    void believesNoAnswerThatEndsAnywhereBeforeItsEnd() {
        String whole = SCAN.substring(0, SCAN.length() - "end\n".length());
        for (int length = 0; length <= whole.length(); length += 97) {
            assertFault(Kind.BAD_ANSWER, Answers.complete(whole.substring(0, length)));
        }
        assertFault(Kind.BAD_ANSWER, Answers.complete(whole));
    }

    @Test
    @Survives(22)
    void callsALostConnectionUnreachable() {
        ScriptOutput lost = new ScriptOutput(OptionalInt.empty(), SCAN.substring(0, 500), "", false);

        assertFault(Kind.UNREACHABLE, lost);
    }

    @Test
    @Survives({22, 23, 36})
    void believesNoAnswerThatWasCut() {
        assertFault(Kind.BAD_ANSWER, new ScriptOutput(OptionalInt.of(0), SCAN, "", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "available\thttpd;reboot\t1-1\tx86_64\tupdates\t0\t\t\t\t",
                "available\t$(reboot)\t1-1\tx86_64\tupdates\t0\t\t\t\t",
                "available\t-httpd\t1-1\tx86_64\tupdates\t0\t\t\t\t",
                "available\thttpd\t1-1\t../x86_64\tupdates\t0\t\t\t\t",
                "available\thttpd\t1-1\tx86_64",
                "vote\tneeds-restarting\t1\tperhaps\t",
                "cve\tCVE-2025-1",
                "metadata-age\t-5",
                "family\tpacman",
                "drop\ttable"
            })
    @Survives(36)
    void refusesRecordsThatNoScriptOfOursPrints(String forged) {
        String answer = SCAN.replaceFirst("(family\t[^\n]*\n)", "$1" + forged.replace("$", "\\$") + "\n");

        ServerFault fault = assertFault(Kind.BAD_ANSWER, Answers.complete(answer));

        assertThat(fault).hasMessageStartingWith("web1: line 3 of its answer is not understood");
    }

    @Test
    void refusesAScanWithoutItsFacts() {
        ServerFault fault =
                assertFault(Kind.BAD_ANSWER, Answers.complete(SCAN.replaceFirst("fact\tboot-id[^\n]*\n", "")));

        assertThat(fault).hasMessageContaining("'boot-id' is missing");
    }

    @Test
    @Survives(23)
    void makesTerminalSequencesNulsAndTurnedWritingHarmless() {
        String title = "\u001b[31mred\u001b[0m \u001b]0;owned\u0007a\u0000b \u202egnp.exe \u009b2J";
        String answer = SCAN.replace("Critical update for openssl", title + " &lt;script&gt; &#27;[31m");

        ScanResult scan = read(Answers.complete(answer));

        String shown = scan.available().stream()
                .flatMap(patch -> patch.advisories().stream())
                .filter(advisory -> advisory.id().equals("EXSA-2025:1001"))
                .findFirst()
                .orElseThrow()
                .title();
        assertThat(shown).startsWith("red a b").contains("<script>").doesNotContain("owned");
        assertThat(shown.chars()).noneMatch(Character::isISOControl).noneMatch(character -> character == '\u202e');
    }

    @Test
    void overlooksWhatATalkativeLoginSaysBeforeTheHeader() {
        assertThat(read(Answers.complete("Welcome!\n\u001b[32mToday is fine\n" + SCAN))
                        .installed())
                .isNotEmpty();
    }

    @Test
    @Timeout(20)
    @Survives(23)
    void getsThroughAHundredMegabytesOfNoiseInLittleTime() {
        String flood = "installed\t" + "x".repeat(1 << 20) + "\n";

        assertFault(Kind.BAD_ANSWER, Answers.complete("patchway-scan\t1\n" + flood.repeat(100)));
    }

    @Test
    @Timeout(5)
    @Survives(36)
    void matchesAHoldMadeOfStarsInLittleTime() {
        String stars = "hold\t" + "*a".repeat(900) + "b\n";

        ScanResult scan = read(Answers.complete(SCAN.replace("end\n", stars.repeat(20) + "end\n")));

        assertThat(scan.held()).containsExactly("acme-held");
    }

    @Test
    void passesOnTheFaultThatAScriptReports() {
        ServerFault fault = assertFault(
                Kind.METADATA,
                Answers.complete(
                        "patchway-scan\t1\nfault\tMETADATA\tdnf cannot read its \u001b[1mrepositories\nend\n"));

        assertThat(fault).hasMessage("web1: dnf cannot read its repositories");
    }

    @Test
    @Survives(36)
    void letsAServerReportOnlyFaultsThatAreItsOwn() {
        assertFault(Kind.BAD_ANSWER, Answers.complete("patchway-scan\t1\nfault\tHOST_KEY_CHANGED\tha\nend\n"));
    }

    @Test
    void namesTheUptimeInSecondsAndNothingElse() {
        assertThat(ScanReader.seconds("86400")).isEqualTo(Duration.ofDays(1));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> ScanReader.seconds("1e9"));
    }

    private static ServerFault assertFault(Kind kind, ScriptOutput output) {
        ServerFault fault = assertThatExceptionOfType(ServerFault.class)
                .isThrownBy(() -> read(output))
                .actual();
        assertThat(fault.kind()).isEqualTo(kind);
        return fault;
    }

    private static ScanResult read(ScriptOutput output) {
        return ScanReader.read(ScriptAnswer.read(Answers.SERVER, "patchway-scan", output), Instant.EPOCH);
    }
}
