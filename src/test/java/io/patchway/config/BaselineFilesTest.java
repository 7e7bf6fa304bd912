package io.patchway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.StoredBaseline;
import io.patchway.config.document.Problem;
import io.patchway.server.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BaselineFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(OperatingSystem.class)
    void everyOperatingSystemHasAPredefinedDefault(OperatingSystem system) {
        StoredBaseline baseline = BaselineFiles.load(folder).content().defaultFor(system);

        assertThat(baseline.content().operatingSystem()).isEqualTo(system);
        assertThat(baseline.name()).startsWith("AWS-").doesNotContain("Predefined");
    }

    @Test
    void theShippedSampleIsGoodAndChangesNoDefault() {
        Loaded<BaselineFiles> loaded = BaselineFiles.load(Path.of("config/baselines"));

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.content().find("production-linux")).isPresent();
        assertThat(loaded.content()
                        .defaultFor(OperatingSystem.REDHAT_ENTERPRISE_LINUX)
                        .name())
                .isEqualTo("AWS-RedHatDefaultPatchBaseline");
    }

    @Test
    void aBaselineMayBeMadeTheDefaultOfItsOperatingSystem() throws IOException {
        write("mine.json", "mine", true);

        Loaded<BaselineFiles> loaded = BaselineFiles.load(folder);

        assertThat(loaded.content().defaultFor(OperatingSystem.DEBIAN).name()).isEqualTo("mine");
        assertThat(loaded.content().all())
                .extracting(StoredBaseline::name)
                .isSorted()
                .contains("mine");
    }

    @Test
    void aBadFileIsLeftOutAndTheOthersLoad() throws IOException {
        Files.writeString(folder.resolve("bad.json"), "{\n\"Nme\": \"bad\"}");
        write("good.json", "good", false);

        Loaded<BaselineFiles> loaded = BaselineFiles.load(folder);

        assertThat(loaded.content().find("good")).isPresent();
        assertThat(loaded.problems())
                .extracting(Problem::toString)
                .anySatisfy(
                        text -> assertThat(text).contains("bad.json:2: Nme: is not known here (did you mean Name?)"));
    }

    @Test
    void twoBaselinesOfOneNameOrTwoDefaultsOfOneSystemAreNotBothTaken() throws IOException {
        write("a.json", "same", true);
        write("b.json", "same", false);
        write("c.json", "other", true);
        write("d.json", "AWS-DebianDefaultPatchBaseline", false);

        Loaded<BaselineFiles> loaded = BaselineFiles.load(folder);

        assertThat(loaded.content().defaultFor(OperatingSystem.DEBIAN).name()).isEqualTo("same");
        assertThat(loaded.content().find("other")).isEmpty();
        assertThat(loaded.problems()).extracting(Problem::field).containsExactly("Name", "Tags", "Name");
    }

    private void write(String file, String name, boolean isDefault) throws IOException {
        Files.writeString(folder.resolve(file), """
            {"Name": "%s", "OperatingSystem": "DEBIAN",
             "Tags": [{"Key": "patchway:default", "Value": "%s"}]}
            """.formatted(name, isDefault));
    }
}
