package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.connection.Script;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of the PowerShell scripts without PowerShell; a real parser reads them in an integration test. */
class WindowsScriptsTest {
    /** Comes with PowerShell 5 or later, or hands text to something that reads it as a command. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "(?i)Invoke-Expression|\\biex\\b|Get-ComputerInfo|ConvertFrom-Json|\\?\\?|::new\\(|-AsHashtable|cmd\\.exe|cmd"
                + " /c");
    /** An argument inside a text in double quotes. */
    private static final Pattern ARGUMENT_IN_TEXT = Pattern.compile("\"[^\"\n]*\\$Words[^\"\n]*\"");

    static List<Script> all() {
        return WindowsScripts.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aScriptIsPlainAsciiAndNamesItself(Script script) {
        assertThat(script.text()).startsWith("# patchway-script: " + script.name() + " 1\n");
        assertThat(script.text().chars()).allMatch(one -> one == '\n' || one >= ' ' && one < 0x7f);
        assertThat(script.language()).isEqualTo(Script.Language.POWERSHELL);
        assertThat(script.text()).contains("param([string[]] $Words)");
    }

    @ParameterizedTest
    @MethodSource("all")
    void noScriptMakesCommandsOfTextOrNeedsALaterPowerShell(Script script) {
        assertThat(script.text()).doesNotContainPattern(FORBIDDEN).doesNotContainPattern(ARGUMENT_IN_TEXT);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyBracketAndQuoteIsClosed(Script script) {
        assertThat(unclosed(script.text())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void anAnswerEndsWithItsEnd(Script script) {
        assertThat(script.text().stripTrailing()).endsWith("Write-Record 'end'");
    }

    @Test
    void theWorkerTravelsAsATextThatNothingInItCanEnd() {
        assertThat(WindowsScripts.worker().lines()).noneMatch(line -> line.startsWith("'@"));
        assertThat(WindowsScripts.INSTALL_START.text()).contains("$worker = @'\n" + WindowsScripts.worker() + "'@\n");
    }

    @Test
    void theWorkerInstallsOnlyWhatThePlanNames() {
        assertThat(WindowsScripts.worker())
                .contains("if (-not $wanted.ContainsKey($id)) { continue }")
                .contains("[IO.FileMode]::CreateNew");
    }

    @Test
    void whatShutdownSaysOnItsErrorOutputCannotEndTheScriptBeforeItsMarkIsTakenBack() {
        String text = WindowsScripts.REBOOT.text();
        String call = "$said = & $program /r";
        assertThat(text).containsOnlyOnce("2>&1").containsOnlyOnce(call);
        assertThat(text.indexOf("$ErrorActionPreference = 'Continue'"))
                .isPositive()
                .isLessThan(text.indexOf(call));
        assertThat(text.substring(text.indexOf(call)))
                .containsSubsequence("$status = $LASTEXITCODE", "finally", "$ErrorActionPreference = $before")
                .containsSubsequence("New-Item", "Start-Reboot", "Remove-Item -LiteralPath $mark", "Stop-WithFault");
    }

    @Test
    void aShutdownOfSomebodyElseIsNoRebootOfOurs() {
        assertThat(WindowsScripts.REBOOT.text())
                .doesNotContain("0, 1190")
                .contains("if ($status -eq 0) { return }")
                .containsSubsequence("1190, 1115 -contains $status", "'LOCKED'");
    }

    @Test
    void whoReadsAFileDoesNotKeepTheWorkerFromWritingToIt() {
        assertThat(WindowsScripts.all())
                .allSatisfy(script ->
                        assertThat(script.text()).doesNotContain("ReadAllLines").doesNotContain("ReadAllText"));
        assertThat(WindowsScripts.INSTALL_PROGRESS.text())
                .contains("([IO.FileMode]::Open), ([IO.FileAccess]::Read), ([IO.FileShare]::ReadWrite)");
    }

    @Test
    void theWorkerWritesAResultBeforeItsLogLineAndSurvivesALineThatCannotBeWritten() {
        String worker = WindowsScripts.worker();
        assertThat(worker).containsOnlyOnce("AppendAllText").containsSubsequence("try {", "AppendAllText", "} catch {");
        assertThat(worker).doesNotContainPattern("Write-Log [^\n]*\n *Write-Result");
        assertThat(worker).containsPattern("Write-Result \\$Kb \\$id \\$result[^\n]*\n *Write-Log");
    }

    @Test
    void theCodeOfAnErrorIsNeverThatOfItsWrapper() {
        assertThat(WindowsScripts.all())
                .allSatisfy(script -> assertThat(script.text()).doesNotContain(".Exception.HResult"));
        assertThat(WindowsScripts.worker()).contains("Write-Result $kb $id 4 (Get-Cause $_).HResult");
        assertThat(WindowsScripts.INSTALL_START.text()).contains("if (Test-DiskFull $_) { Stop-WithFault 'NO_SPACE'");
    }

    @Test
    void datesAreReadAndWrittenTheSameInEveryLanguage() {
        assertThat(WindowsScripts.SCAN.text())
                .doesNotContain("$hotfix.InstalledOn")
                .contains("try { $date = ConvertTo-Date $hotfix.CimInstanceProperties['InstalledOn'].Value } catch");
        assertThat(WindowsScripts.all())
                .allSatisfy(script -> assertThat(script.text()).doesNotContainPattern("\\.ToString\\('[^']*'\\)"));
    }

    @Test
    void windowsInstallerIsAtWorkOnlyWhenItsMutexIsHeld() {
        assertThat(WindowsScripts.PRECHECK.text())
                .containsSubsequence(
                        "OpenExisting('Global\\_MSIExecute')",
                        "-is [Threading.WaitHandleCannotBeOpenedException]) { return $false }",
                        "-is [UnauthorizedAccessException]) { $kind = 'NOT_PERMITTED' }",
                        "$mutex.WaitOne(0)",
                        "-isnot [Threading.AbandonedMutexException]) { throw }",
                        "if ($free) { $mutex.ReleaseMutex() }");
    }

    /** What is open at the end, or closed by something else; quotes in comments do not count. */
    private static String unclosed(String text) {
        Deque<Character> open = new ArrayDeque<>();
        char quote = 0;
        boolean comment = false;
        boolean here = false;
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (here) {
                here = !text.startsWith("\n'@", i);
                i += here ? 0 : 2;
            } else if (comment) {
                comment = one != '\n';
            } else if (quote != 0) {
                if (one == '`' && quote == '"') {
                    i++;
                } else if (one == quote) {
                    quote = 0;
                }
            } else if (text.startsWith("@'\n", i)) {
                here = true;
            } else if (one == '\'' || one == '"') {
                quote = one;
            } else if (one == '#') {
                comment = true;
            } else if ("([{".indexOf(one) >= 0) {
                open.push(one);
            } else if (")]}".indexOf(one) >= 0 && (open.isEmpty() || ")]}".indexOf(one) != "([{".indexOf(open.pop()))) {
                return "a bracket that closes nothing in: " + text.substring(Math.max(0, i - 60), i + 1);
            }
        }
        return open.isEmpty() && quote == 0 ? "" : "left open: " + open + quote;
    }
}
