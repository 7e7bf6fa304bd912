package io.patchway.config;

import io.patchway.baseline.PatchBaseline;
import io.patchway.config.document.BadDocumentException;
import io.patchway.config.document.DocumentReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The baselines that ship with the product, named and filled as AWS Patch Manager's predefined ones. */
final class PredefinedBaselines {
    /** Of several for one operating system the first is its default. */
    private static final List<String> NAMES = List.of(
            "AWS-AmazonLinuxDefaultPatchBaseline",
            "AWS-AmazonLinux2DefaultPatchBaseline",
            "AWS-AmazonLinux2022DefaultPatchBaseline",
            "AWS-AmazonLinux2023DefaultPatchBaseline",
            "AWS-RedHatDefaultPatchBaseline",
            "AWS-RockyLinuxDefaultPatchBaseline",
            "AWS-AlmaLinuxDefaultPatchBaseline",
            "AWS-OracleLinuxDefaultPatchBaseline",
            "AWS-SuseDefaultPatchBaseline",
            "AWS-CentOSDefaultPatchBaseline",
            "AWS-UbuntuDefaultPatchBaseline",
            "AWS-DebianDefaultPatchBaseline",
            "AWS-DefaultRaspbianPatchBaseline",
            "AWS-MacOSDefaultPatchBaseline",
            "AWS-DefaultPatchBaseline",
            "AWS-WindowsPredefinedPatchBaseline-OS",
            "AWS-WindowsPredefinedPatchBaseline-OS-Applications");

    private static final List<PatchBaseline> ALL =
            NAMES.stream().map(PredefinedBaselines::read).toList();

    private PredefinedBaselines() {}

    static List<PatchBaseline> all() {
        return ALL;
    }

    private static PatchBaseline read(String name) {
        String resource = "/baselines/" + name + ".json";
        try (InputStream stream = PredefinedBaselines.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return BaselineFile.read(resource, DocumentReader.json().read(resource, stream));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        } catch (BadDocumentException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
