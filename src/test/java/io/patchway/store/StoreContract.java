package io.patchway.store;

import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An empty database for every test, and a machine in a time zone far from UTC, with half an hour of summer time. */
abstract class StoreContract {
    private TimeZone ownZone;

    Database database;

    /** Where a database is that nobody has used yet. */
    abstract DatabaseSettings freshDatabase() throws Exception;

    @BeforeEach
    void openDatabaseInForeignTimeZone() throws Exception {
        ownZone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Australia/Lord_Howe"));
        database = Database.open(freshDatabase());
    }

    @AfterEach
    void closeDatabase() {
        database.close();
        TimeZone.setDefault(ownZone);
    }
}
