package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchway.connection.ScriptOutput;
import io.patchway.patch.Patch;
import io.patchway.patch.WindowsUpdate;
import io.patchway.run.InstallProgress.Ended;
import io.patchway.run.InstallProgress.Meaning;
import io.patchway.run.ServerFault;
import io.patchway.scan.HostProduct;
import io.patchway.scan.ScanResult;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsScanReaderTest {
    private static final String ONE = "11111111-0000-4000-8000-000000000001";
    private static final String TWO = "22222222-0000-4000-8000-000000000002";

    @Test
    void anArticleWithTwoUpdatesIsOnePatchAndMissingUntilBothAreThere() {
        ScanResult both = scan(
                offered(ONE, "100", "2024-01-09", "KB .NET 3.5"),
                "kb\t5033918",
                offered(TWO, "101", "2024-01-09", "KB .NET 4.8"),
                "kb\t5033918",
                "cve\t2024-0056");
        Patch patch = both.available().getFirst();
        assertThat(both.available()).hasSize(1);
        assertThat(patch.key()).hasToString("KB5033918");
        assertThat(patch.windows()).map(WindowsUpdate::ids).contains(List.of(ONE, TWO));
        assertThat(patch.allCves()).containsExactly("CVE-2024-0056");
        assertThat(patch.version()).hasToString("2024.01.09.101");

        ScanResult half = scan(
                offered(ONE, "100", "2024-01-09", "KB .NET 3.5"), "kb\t5033918",
                update("installed", TWO, "101", "2024-01-09", "KB .NET 4.8"), "kb\t5033918");
        assertThat(half.available()).hasSize(1);
        assertThat(half.installed()).noneMatch(each -> each.key().name().equals("KB5033918"));
    }

    @Test
    void aLaterEditionOfAnArticleReplacesTheEarlierOne() {
        ScanResult scan = scan(
                offered(TWO, "201", "2024-02-13", "Malicious Software Removal Tool"), "kb\t890830",
                update("installed", ONE, "200", "2024-01-09", "Malicious Software Removal Tool"), "kb\t890830");
        assertThat(scan.available().getFirst().installed())
                .hasValueSatisfying(version -> assertThat(version).hasToString("2024.01.09.200"));
    }

    @Test
    void whatWaitsForARebootIsInstalled() {
        ScanResult scan = scan(update("pending", ONE, "1", "2024-01-09", "Rollup"), "kb\t5034171");
        assertThat(scan.available()).isEmpty();
        assertThat(scan.installed()).extracting(each -> each.key().name()).contains("KB5034171", "KB2919355");
    }

    @Test
    void anUpdateWithoutAnArticleGoesByItsIdAndItsBulletinIsANotice() {
        ScanResult scan = scan(offered(ONE, "1", "", "A driver"), "bulletin\tMS10-048");
        Patch patch = scan.available().getFirst();
        assertThat(patch.key().name()).isEqualTo(ONE);
        assertThat(patch.advisories()).extracting(advisory -> advisory.id()).containsExactly(ONE, "MS10-048");
        assertThat(patch.classification()).isEqualTo("SecurityUpdates");
        assertThat(patch.securityUpdate()).isTrue();
        assertThat(patch.published()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Microsoft Windows Server 2012 Standard, 6.2.9200, WindowsServer2012",
        "Microsoft Windows Server 2012 R2 Datacenter, 6.3.9600, WindowsServer2012R2",
        "Microsoft Windows Server 2025 Datacenter, 10.0.26100, WindowsServer2025",
        "a caption in no language that is known, 10.0.17763, WindowsServer2019"
    })
    void aServerIsKnownByItsCaptionElseByItsBuild(String caption, String version, String product) {
        String answer = answer().replace("Microsoft Windows Server 2012 R2 Standard", caption)
                .replace("6.3.9600", version);
        assertThat(HostProduct.of(read(answer).host()))
                .map(HostProduct::product)
                .contains(product);
    }

    @ParameterizedTest
    @CsvSource({
        "update\toffered\tnot-an-id\t1\t\t\t\t\t\t0\tnever\t0\t1\ttitle",
        "kb\t5034171",
        "update\toffered\t11111111-0000-4000-8000-000000000001\tone",
        "vote\tx\t1\tperhaps\tso"
    })
    void whatIsNotUnderstoodIsAFaultAndNeverAnEmptyScan(String record) {
        assertThatThrownBy(() -> scan(record)).isInstanceOf(ServerFault.class).hasMessageContaining("not understood");
    }

    @Test
    void theProgressOfAnInstallExplainsItsCodes() {
        String answer = """
            patchway-install\t1
            state\tended
            exit\twindows\t1
            result\tKB5034439\t%s\t4\t0x80070643\t0\tSecurity Update (KB5034439)
            result\tKB5034171\t%s\t2\t0x00000000\t1\tRollup (KB5034171)
            result\tKB1\t%s\t5\t0x8024ABCD\t0\tUnknown
            log\tKB5034439 installing
            end
            """.formatted(ONE, TWO, ONE);
        Ended ended = (Ended) WindowsProgressReader.read(ScriptAnswer.read(
                Answers.SERVER, "patchway-install", new ScriptOutput(OptionalInt.of(0), answer, "", false)));
        assertThat(ended.meaning()).isEqualTo(Meaning.FAILED);
        assertThat(ended.logTail().lines().toList())
                .containsExactly(
                        "KB5034439 installing",
                        "KB5034439 failed, result code 4 (failed): 0x80070643 ERROR_INSTALL_FAILURE: the installer of"
                                + " the update ended with an error",
                        "KB1 failed, result code 5 (aborted): 0x8024ABCD");
    }

    private static String offered(String id, String revision, String date, String title) {
        return update("offered", id, revision, date, title);
    }

    private static String update(String state, String id, String revision, String date, String title) {
        return String.join(
                "\t",
                "update",
                state,
                id,
                revision,
                "",
                "Security Updates",
                "Windows Server 2012 R2",
                "Windows",
                date,
                "1000",
                "perhaps",
                "0",
                "1",
                title);
    }

    private static ScanResult scan(String... records) {
        return read(answer(records));
    }

    private static String answer(String... records) {
        return """
            patchway-scan\t1
            fact\thostname\tWIN-01
            fact\tos-id\twindows-server
            fact\tos-version\t6.3.9600
            fact\tos-name\tMicrosoft Windows Server 2012 R2 Standard
            fact\tarch\tAMD64
            fact\tkernel\t6.3.9600.1
            fact\tboot-id\t1-2
            fact\tuptime\t60
            fact\tpackage-manager\tWindows Update Agent 7.9
            %s
            hotfix\tKB2919355\t2014-04-08
            vote\tfile-rename\t0\tnot-needed\tno sign of it
            end
            """.formatted(records.length == 0 ? "metadata-age\t0" : String.join("\n", records));
    }

    private static ScanResult read(String answer) {
        return WindowsScanReader.read(
                ScriptAnswer.read(
                        Answers.SERVER, "patchway-scan", new ScriptOutput(OptionalInt.of(0), answer, "", false)),
                Instant.EPOCH);
    }
}
