package io.patchway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchway.baseline.BaselineId;
import io.patchway.baseline.BaselineIntake.Declared;
import io.patchway.baseline.PatchBaseline;
import io.patchway.baseline.StoredBaseline.Owner;
import io.patchway.config.document.Problem;
import io.patchway.server.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        BaselineId id = BaselineFiles.predefinedDefaults().get(system);

        PatchBaseline baseline = BaselineFiles.load(folder).content().declared().stream()
                .filter(declared -> declared.id().equals(id))
                .map(Declared::content)
                .findFirst()
                .orElseThrow();
        assertThat(baseline.operatingSystem()).isEqualTo(system);
        assertThat(baseline.name()).startsWith("AWS-").doesNotContain("Predefined");
    }

    @ParameterizedTest
    @EnumSource(OperatingSystem.class)
    void exactlyOneNameOfEachSystemIsThatOfItsDefault(OperatingSystem system) {
        assertThat(BaselineFiles.load(folder).content().declared())
                .filteredOn(declared -> declared.content().operatingSystem() == system)
                .filteredOn(declared -> declared.content().name().matches("AWS-[0-9A-Za-z]+PatchBaseline"))
                .hasSize(1);
    }

    @Test
    void theShippedSampleIsGoodAndChangesNoDefault() {
        Loaded<BaselineFiles> loaded = BaselineFiles.load(Path.of("config/baselines"));

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.content().declared())
                .filteredOn(declared -> declared.owner() == Owner.FILE)
                .singleElement()
                .satisfies(declared -> {
                    assertThat(declared.content().name()).isEqualTo("production-linux");
                    assertThat(declared.content().isDefault()).isFalse();
                    assertThat(declared.file()).contains("config/baselines/production-linux.json");
                });
    }

    @Test
    void aBadFileIsLeftOutAndTheOthersLoad() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.json"), "{\n\"Nme\": \"bad\"}");
        write("good.json", "good", false);

        Loaded<BaselineFiles> loaded = BaselineFiles.load(folder);

        assertThat(ofFiles(loaded)).containsExactly("good");
        assertThat(loaded.content().unreadable()).containsExactly(bad.toString());
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

        assertThat(ofFiles(loaded)).containsExactly("same");
        assertThat(loaded.problems()).extracting(Problem::field).containsExactly("Name", "Tags", "Name");
    }

    private static List<String> ofFiles(Loaded<BaselineFiles> loaded) {
        return loaded.content().declared().stream()
                .filter(declared -> declared.owner() == Owner.FILE)
                .map(declared -> declared.content().name())
                .toList();
    }

    private void write(String file, String name, boolean isDefault) throws IOException {
        Files.writeString(folder.resolve(file), """
            {"Name": "%s", "OperatingSystem": "DEBIAN",
             "Tags": [{"Key": "patchway:default", "Value": "%s"}]}
            """.formatted(name, isDefault));
    }
}
