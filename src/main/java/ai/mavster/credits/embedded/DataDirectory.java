package ai.mavster.credits.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * The directory of an embedded PostgreSQL: {@code database} holds the data, {@code password} the secret of its roles,
 * {@code postgresql.log} what the server says, {@code lock} who uses the directory.
 */
record DataDirectory(Path home) {

    /** The database, and the role that owns it. */
    static final String NAME = "credits";

    static final String SUPERUSER = "postgres";

    /** Made if there is none yet. */
    static DataDirectory at(Path directory) throws StartFailure {
        Path home = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new StartFailure("The data directory " + home + " cannot be made (" + e
                    + "). Set CREDITS_DATA_DIR to a directory that the service may write.");
        }
        return new DataDirectory(home);
    }

    Path database() {
        return home.resolve("database");
    }

    /** What becomes the database once all of it is there. */
    Path unfinishedDatabase() {
        return home.resolve("database-unfinished");
    }

    Path log() {
        return home.resolve("postgresql.log");
    }

    private Path passwordFile() {
        return home.resolve("password");
    }

    boolean hasDatabase() {
        return Files.exists(database().resolve("PG_VERSION"));
    }

    PostgresTools tools(Path binaries) throws IOException, StartFailure {
        return PostgresTools.of(binaries, home.resolve("tools.log"));
    }

    void initialize(PostgresTools tools, String password) throws IOException {
        // Made beside and moved into place, so that what a crash left half-done is never taken for a database, and so
        // that later starts need not ask whether all of it is there.
        Path unfinished = unfinishedDatabase();
        Binaries.delete(unfinished);
        List<String> arguments = List.of(
                "--pgdata=" + unfinished,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // The order of texts must not change with the machine's C library under the indexes.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        if (tools.run("initdb", arguments) != 0) {
            throw new IOException("initdb failed" + System.lineSeparator() + tools.printed());
        }
        execute(
                tools,
                unfinished,
                "create role " + NAME + " login password '" + password + "'",
                "create database " + NAME + " owner " + NAME);
        Files.move(unfinished, database());
    }

    /** Gives the roles of a database that was copied from elsewhere the password of this directory. */
    void takeOver(PostgresTools tools, Path database, String password) throws IOException {
        execute(
                tools,
                database,
                "alter role " + SUPERUSER + " password '" + password + "'",
                "alter role " + NAME + " password '" + password + "'");
    }

    /** In single-user mode: a server that nobody can connect to yet, as {@code initdb} uses it itself. */
    private static void execute(PostgresTools tools, Path data, String... statements) throws IOException {
        List<String> arguments = List.of("--single", "-D", data.toString(), "-c", "exit_on_error=on", SUPERUSER);
        if (tools.run("postgres", arguments, List.of(statements)) != 0) {
            throw new IOException("PostgreSQL refused it" + System.lineSeparator() + tools.printed());
        }
    }

    /** Made if there is none yet. */
    String password() throws IOException {
        Path file = passwordFile();
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            boolean posix = Files.getFileStore(home).supportsFileAttributeView("posix");
            Path unfinished = home.resolve("password-unfinished");
            Files.deleteIfExists(unfinished);
            if (posix) {
                Files.createFile(
                        unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(unfinished, HexFormat.of().formatHex(random));
            Files.move(unfinished, file);
        }
        return Files.readString(file).strip();
    }
}
