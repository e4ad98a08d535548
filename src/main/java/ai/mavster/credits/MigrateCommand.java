package ai.mavster.credits;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.StartFailure;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * {@code migrate}: brings the database that the environment names to this version, as its owner, and ends. So a step of
 * the deployment can do it, and the running service never has the owner's password.
 *
 * <p>Environment: {@code CREDITS_DB_URL}, {@code CREDITS_DB_OWNER}, {@code CREDITS_DB_OWNER_PASSWORD}, and
 * {@code CREDITS_DB_USER}, the service's role. Exit codes: 0; 1 when a migration failed; 2 when the settings do not let
 * it begin. Two at once wait for each other.
 */
final class MigrateCommand {

    private static final int CONNECT_RETRIES = 30;

    private MigrateCommand() {}

    /** Whether the service's arguments ask for this command instead. */
    static boolean isAskedFor(String... arguments) {
        return arguments.length > 0 && arguments[0].equals("migrate");
    }

    static int run(Map<String, String> environment, PrintStream out) {
        try {
            Optional<DatabaseAddress> service = DatabaseAddress.fromEnvironment(environment);
            if (service.isEmpty()) {
                out.println(
                        "CREDITS_DB_URL must name the database to migrate; an embedded one is migrated when it starts.");
                return 2;
            }
            DatabaseAddress owner = service.get().asOwner(environment);
            MigrateResult result = flyway(owner, service.get().user()).migrate();
            out.printf(
                    "Migrated as %s: %d migrations were due, the schema is at version %s%n",
                    owner.user(), result.migrationsExecuted, version(result));
            return 0;
        } catch (StartFailure e) {
            out.println(e.getMessage());
            return 2;
        } catch (FlywayException e) {
            out.println("The migration failed: " + e.getMessage());
            return 1;
        }
    }

    /** As the application's own, of which {@code application.properties} says the same. */
    private static Flyway flyway(DatabaseAddress owner, String service) {
        return Flyway.configure()
                .dataSource(owner.url(), owner.user(), owner.password())
                .locations("db/migration")
                .placeholders(Map.of("service", service.isEmpty() ? "nobody" : service))
                .connectRetries(CONNECT_RETRIES)
                .connectRetriesInterval(1)
                .load();
    }

    private static String version(MigrateResult result) {
        return result.targetSchemaVersion != null ? result.targetSchemaVersion : result.initialSchemaVersion;
    }
}
