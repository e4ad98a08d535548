package ai.mavster.credits.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code backup DIRECTORY} and {@code restore DIRECTORY}, for the embedded PostgreSQL: its binaries have no
 * {@code pg_dump}. A backup is made while the service runs, or while it does not; a restore goes to a data directory
 * that has no database yet.
 *
 * <p>Environment: {@code CREDITS_DATA_DIR}. Exit codes: 0; 2 when it could not do its work.
 */
public final class DatabaseCommand {

    private static final String USAGE =
            "Usage: backup DIRECTORY, or restore DIRECTORY, with the CREDITS_DATA_DIR of the service in the environment";

    private DatabaseCommand() {}

    /** Whether the service's arguments ask for one of these commands instead. */
    public static boolean isAskedFor(String... arguments) {
        return arguments.length > 0 && List.of("backup", "restore").contains(arguments[0]);
    }

    public static int run(Map<String, String> environment, PrintStream out, String... arguments) {
        try {
            if (arguments.length != 2) {
                throw new StartFailure(USAGE);
            }
            if (DatabaseAddress.fromEnvironment(environment).isPresent()) {
                throw new StartFailure("CREDITS_DB_URL names a PostgreSQL of your own, which has its own tools:"
                        + " pg_basebackup, pg_dump. This command is for the embedded one.");
            }
            DataDirectory data = DataDirectory.at(Path.of(environment.getOrDefault("CREDITS_DATA_DIR", "data")));
            Path backup = Path.of(arguments[1]).toAbsolutePath().normalize();
            if (arguments[0].equals("backup")) {
                backup(data, backup, out);
            } else {
                restore(data, backup, out);
            }
            return 0;
        } catch (StartFailure | InvalidPathException e) {
            out.println(e.getMessage());
        } catch (IOException | UncheckedIOException | SQLException e) {
            out.println("The " + arguments[0] + " failed, and what it wrote is removed: " + e.getMessage());
        }
        return 2;
    }

    private static void backup(DataDirectory data, Path backup, PrintStream out)
            throws IOException, SQLException, StartFailure {
        if (!data.hasDatabase()) {
            throw new StartFailure(
                    "There is no database in " + data.home() + ". Set CREDITS_DATA_DIR to the service's.");
        }
        Optional<Postmaster> running =
                Postmaster.of(data.database()).filter(server -> server.process().isPresent());
        if (running.isPresent()) {
            String url = "jdbc:postgresql://127.0.0.1:" + running.get().port() + "/" + DataDirectory.SUPERUSER;
            DatabaseAddress server = new DatabaseAddress(url, DataDirectory.SUPERUSER, data.password());
            Backup.make(server, data.database(), backup, out);
        } else {
            try (EmbeddedPostgres server = EmbeddedPostgres.start(data.home())) {
                Backup.make(server.administration(), data.database(), backup, out);
            }
        }
        out.println("The backup is in " + backup + ": keep it as secret as the database itself.");
    }

    private static void restore(DataDirectory data, Path backup, PrintStream out) throws IOException, StartFailure {
        DirectoryLock lock = DirectoryLock.acquire(data.home());
        try {
            if (data.hasDatabase()) {
                throw new StartFailure("There is a database in " + data.home()
                        + " already. Move that directory away, or set CREDITS_DATA_DIR to another one.");
            }
            Path unfinished = data.unfinishedDatabase();
            Binaries.delete(unfinished);
            try {
                out.println("Copying and checking " + backup);
                BackupFiles.restore(backup, unfinished);
                out.println("Recovering the database from its log");
                data.takeOver(data.tools(Binaries.in(data.home())), unfinished, data.password());
            } catch (IOException | StartFailure e) {
                Binaries.delete(unfinished);
                throw e;
            }
            Files.move(unfinished, data.database());
        } finally {
            lock.close();
        }
        out.println("The database is restored to " + data.home()
                + ". Start the service on it, and have it prove all accounts: GET /v1/proof.");
    }
}
