package io.patchway.packagemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.connection.Script;
import io.patchway.connection.ScriptOutput;
import io.patchway.faults.Survives;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
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
    @Survives(29)
    void expandsNoEntitiesHoweverManyLaughsTheyPromise() {
        FakeHost host = new FakeHost(folder);
        Path bomb = host.write("updateinfo.xml", """
            <!DOCTYPE updates [
              <!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">
            ]>
            <updates><update type="security"><id>LAUGH-1</id><title>&b; &c;</title>
            <pkglist><package name="x" version="1" release="2" arch="noarch"/></pkglist></update></updates>
            """);

        assertThat(run(host, "x.noarch", bomb.toString()))
                .first()
                .isEqualTo("advisory\tLAUGH-1\tsecurity\t\t\t\t0\t&b; &c;");
        assertThat(XmlText.decode("&b; &c;")).isEqualTo("&b; &c;");
    }

    @Test
    @Survives(29)
    void stopsUnpackingWhatGoesOnWithoutEnd() throws Exception {
        FakeHost host = new FakeHost(folder);
        Path bomb = gzip("updateinfo.xml.gz", "<update><id>" + "x".repeat(3_000_000));

        assertThat(run(host, "x.noarch", bomb.toString()))
                .singleElement()
                .asString()
                .startsWith("fault\tMETADATA\t" + bomb + " is larger than any real one");
    }

    @Test
    @Survives(29)
    void noticesAFileThatEndsInTheMiddle() throws Exception {
        FakeHost host = new FakeHost(folder);
        Path whole = gzip("updateinfo.xml.gz", Answers.recorded("updateinfo-unusual.xml") + " ".repeat(70_000));
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));

        assertThat(run(host, "x.noarch", whole.toString())).last().asString().startsWith("fault\tMETADATA\t" + whole);
    }

    private Path gzip(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream output = new GZIPOutputStream(Files.newOutputStream(file))) {
            output.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
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
        Script script = new Script("advisories", functions + "most_unpacked=2000000\nadvisories \"$@\"\n", false);
        ScriptOutput output = host.run(Answers.SERVER, script, List.of(wanted, file), Duration.ofSeconds(30));
        return output.stdout().lines().toList();
    }
}
