package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.connection.Script;
import io.patchway.connection.ScriptOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scan script takes out of updateinfo.xml, in a real shell with this machine's awk. */
class UpdateInfoTest {
    @TempDir
    private Path folder;

    @Test
    void findsAdvisoriesHoweverTheirXmlIsWritten() {
        assertThat(advisories("x.noarch", "updateinfo-unusual.xml"))
                .containsExactly(
                        "advisory\tODD-1\tsecurity\t\t2025-01-01\t\t1\tTom &amp; Jerry \"x\"",
                        "cve\tCVE-2025-1",
                        "bugzilla\t77",
                        "package\tx\t0:1-2\tnoarch",
                        "advisory\tODD-2\tbugfix\tLow\t1\t\t0\tt",
                        "package\tx\t0:3-4\tnoarch");
    }

    @Test
    void leavesOutAdvisoriesForOtherPackages() {
        assertThat(advisories("y.noarch", "updateinfo-unusual.xml")).isEmpty();
    }

    @Test
    void callsAFileThatItCannotUnpackAFault() {
        FakeHost host = new FakeHost(folder);
        Path broken = host.write("broken-updateinfo.xml.gz", "this is not gzip");

        assertThat(run(host, "x.noarch", broken.toString()))
                .singleElement()
                .asString()
                .startsWith("fault\tMETADATA\t" + broken);
    }

    private List<String> advisories(String wanted, String file) {
        FakeHost host = new FakeHost(folder);
        return run(host, wanted, host.write(file, Answers.recorded(file)).toString());
    }

    private static List<String> run(FakeHost host, String wanted, String file) {
        String scan = Scripts.SCAN.text();
        String functions = scan.substring(0, scan.indexOf("main \"$@\""));
        Script script = new Script("advisories", functions + "advisories \"$@\"\n", false);
        ScriptOutput output = host.run(Answers.SERVER, script, List.of(wanted, file), Duration.ofSeconds(30));
        return output.stdout().lines().toList();
    }
}
