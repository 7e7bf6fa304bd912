package io.patchway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.patchway.faults.Survives;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objects that travel as Java serialises them: a classic way to run code in somebody else's process. */
class SerialisedObjectsTest {

    @Test
    @Survives(30)
    void nothingInPatchwayReadsOrWritesThem() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(ObjectInput|ObjectOutput|Externalizable).*")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.patchway"));
    }

    /** The options of this process are those with which Patchway runs. */
    @Test
    @Survives(30)
    void theProcessRefusesEveryClassThatALibraryWouldRead() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(written)) {
            output.writeObject(new ArrayList<>(List.of("gadget")));
        }

        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(written.toByteArray()))) {
            assertThatExceptionOfType(InvalidClassException.class)
                    .isThrownBy(input::readObject)
                    .withMessageContaining("REJECTED");
        }
    }
}
