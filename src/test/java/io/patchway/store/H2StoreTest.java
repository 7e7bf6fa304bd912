package io.patchway.store;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The store on H2, in a file. */
class H2StoreTest {
    @TempDir
    Path folder;

    private DatabaseSettings freshFile() {
        return DatabaseSettings.at("jdbc:h2:file:" + folder.resolve("patchway"));
    }

    @Nested
    class Runs extends RunLedgerContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Rollouts extends RolloutLedgerContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Mails extends MailOutboxContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Windows extends WindowLedgerContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Absent extends AbsencesContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }
}
