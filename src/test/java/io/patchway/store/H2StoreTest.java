package io.patchway.store;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
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
    class Accepted extends AcceptanceContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Claimed extends ClaimsContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Worked extends StepsContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Reported extends RunReportContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Baselines extends BaselineContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Intake extends BaselineIntakeContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Tagging extends TagsContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class SignIn extends SignInContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Console extends ConsoleContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Snapshots extends SnapshotsContract {
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
    class Audit extends AuditLogContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Scans extends ScanHistoryContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Retention extends ArchiveContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class QueryPlans extends QueryPlanContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }

        @Override
        String fullScan() {
            return "tableScan";
        }

        @Override
        String plan(Handle handle, String sql) {
            try (PreparedStatement explain = handle.getConnection().prepareStatement("explain " + sql)) {
                for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
                    explain.setObject(i, null);
                }
                try (ResultSet plan = explain.executeQuery()) {
                    plan.next();
                    return plan.getString(1);
                }
            } catch (SQLException e) {
                throw new AssertionError(sql, e);
            }
        }
    }

    @Nested
    class Keys extends AccessKeysContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class People extends UsersContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Tokens extends ClientTokensContract {
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
    class WindowsOfTheApi extends WindowStoreContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Operated extends MachinesContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Followed extends ExecutionsContract {
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

    @Nested
    class Maintenance extends MaintenanceContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }

    @Nested
    class Compliance extends ComplianceRecordsContract {
        @Override
        DatabaseSettings freshDatabase() {
            return freshFile();
        }
    }
}
