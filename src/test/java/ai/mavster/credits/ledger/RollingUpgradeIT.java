package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.KillablePostgres;
import ai.mavster.credits.embedded.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes are replaced one after another under load, and the database is brought to a later version beneath them. A
 * balancer sends requests to who is ready. No request fails, and none is carried out twice.
 */
class RollingUpgradeIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** What a later version may do beside this one. */
    private static final String MIGRATION = """
            ALTER TABLE account_balance ADD COLUMN of_the_next_version text;
            ALTER TABLE posting ADD COLUMN of_the_next_version bigint NOT NULL DEFAULT 0;
            CREATE TABLE next_version (account_id text PRIMARY KEY REFERENCES account);
            """;

    @Test
    void forwardAndBackAgain(@TempDir Path later) throws Exception {
        Files.writeString(later.resolve("V1000__next_version.sql"), MIGRATION);
        try (KillablePostgres postgres = KillablePostgres.start();
                ServiceProcess first = start(postgres.address())) {
            Load load = new Load("upgrade", new ServiceClient(first));
            load.start(1);
            load.awaitMore(200);
            migrate(postgres.address(), later);
            load.awaitMore(200); // this version on the later database

            try (ServiceProcess second = start(postgres.address())) { // which it does not refuse
                replace(first, second, load);
                load.awaitMore(200);
                try (ServiceProcess third = start(postgres.address())) {
                    replace(second, third, load);
                    load.awaitMore(200);
                    load.finish(new LedgerRows(postgres.address()));
                    assertThat(load.unknown()).isZero();
                }
            }
        }
    }

    private static ServiceProcess start(DatabaseAddress database) {
        return ServiceProcess.start(Map.of(
                "CREDITS_DB_URL", database.url(),
                "CREDITS_DB_USER", database.user(),
                "CREDITS_DB_PASSWORD", database.password(),
                "CREDITS_SHUTDOWN_DELAY", "PT3S"));
    }

    /** As the later version's {@code migrate} does. */
    private static void migrate(DatabaseAddress database, Path later) {
        int migrated = Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .locations("filesystem:migrations", "filesystem:" + later)
                .placeholders(Map.of("service", database.user()))
                .load()
                .migrate()
                .migrationsExecuted;
        assertThat(migrated).isEqualTo(1);
    }

    private static void replace(ServiceProcess old, ServiceProcess next, Load load) {
        old.terminate();
        Eventually.holds(DEADLINE, () -> old.readiness() != 200, () -> "it says that it is not ready");
        load.awaitMore(20); // and keeps serving
        load.redirect(new ServiceClient(next));
        assertThat(old.awaitExit()).isEqualTo(143);
    }
}
