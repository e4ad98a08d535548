package ai.mavster.credits.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The tests' PostgreSQL: one server per JVM, started by the first who asks and stopped with the JVM.
 *
 * <p>{@code @WithTestResource(TestDatabase.class)} gives it to a Quarkus test; {@link #shared()} and
 * {@link #empty(String)} to everybody else. {@code -Dtest.database=testcontainers} takes a container instead of the
 * embedded server; nothing looks for Docker otherwise.
 */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {

    /** Where processes unpack PostgreSQL's programs once for all tests. */
    static final Path BINARIES = Path.of("target", "postgresql").toAbsolutePath();

    private static final String KEY = "credits.test-database.";

    @Override
    public Map<String, String> start() {
        DatabaseAddress database = shared();
        return Map.of(
                "quarkus.datasource.jdbc.url", database.url(),
                "quarkus.datasource.username", database.user(),
                "quarkus.datasource.password", database.password());
    }

    /** The server stays for the next test class. */
    @Override
    public void stop() {}

    /** The database that the Quarkus tests of this JVM share. */
    public static DatabaseAddress shared() {
        return server().shared;
    }

    /** Where somebody who may do everything signs in to the same server. */
    static DatabaseAddress administration() {
        return server().administration;
    }

    /**
     * A database of this name with nothing in it, on the same server; one that exists is dropped first, with its
     * connections.
     */
    public static DatabaseAddress empty(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
            throw new IllegalArgumentException(name);
        }
        DatabaseAddress shared = shared();
        try (Connection connection = server().administration.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name + " with (force)");
            statement.execute("create database " + name + " owner " + shared.user());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        String url = shared.url().replaceFirst("/credits(?=$|\\?)", "/" + name);
        return new DatabaseAddress(url, shared.user(), shared.password());
    }

    /**
     * Quarkus loads this class once more for its own tests, so what all of them share is kept where there is only one
     * of: among the JVM's properties.
     */
    private static Server server() {
        Properties jvm = System.getProperties();
        synchronized (jvm) {
            if (!jvm.containsKey(KEY + "shared.url")) {
                Server started = start(System.getProperty("test.database", "embedded"));
                put(jvm, "shared", started.shared);
                put(jvm, "administration", started.administration);
            }
            return new Server(get(jvm, "shared"), get(jvm, "administration"));
        }
    }

    private static void put(Properties jvm, String name, DatabaseAddress address) {
        jvm.setProperty(KEY + name + ".url", address.url());
        jvm.setProperty(KEY + name + ".user", address.user());
        jvm.setProperty(KEY + name + ".password", address.password());
    }

    private static DatabaseAddress get(Properties jvm, String name) {
        return new DatabaseAddress(
                jvm.getProperty(KEY + name + ".url"),
                jvm.getProperty(KEY + name + ".user"),
                jvm.getProperty(KEY + name + ".password"));
    }

    private static Server start(String kind) {
        System.out.println("Tests use PostgreSQL: " + kind);
        return switch (kind) {
            case "embedded" -> embedded();
            case "testcontainers" -> container();
            default ->
                throw new IllegalArgumentException(
                        "test.database is '" + kind + "'; it must be embedded or testcontainers");
        };
    }

    @SuppressWarnings("resource") // both live until the JVM ends
    private static Server embedded() {
        Path directory = temporaryDirectory("test-database");
        EmbeddedPostgres postgres = startEmbedded(directory, 0);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                postgres.close();
                Binaries.delete(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        return new Server(postgres.address(), postgres.administration());
    }

    @SuppressWarnings("resource")
    private static Server container() {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:18")
                .withDatabaseName("credits")
                .withUsername("credits")
                .withPassword("credits");
        container.start(); // removed by Testcontainers itself when the JVM ends
        DatabaseAddress address =
                new DatabaseAddress(container.getJdbcUrl(), container.getUsername(), container.getPassword());
        return new Server(address, address);
    }

    /** Safe against the death of processes, not of the machine: no test survives that one anyway. */
    static EmbeddedPostgres startEmbedded(Path directory, int port) {
        return startEmbedded(directory, port, Map.of());
    }

    static EmbeddedPostgres startEmbedded(Path directory, int port, Map<String, String> further) {
        Map<String, String> settings = new HashMap<>(Map.of("fsync", "off", "shared_buffers", "128MB"));
        settings.putAll(further);
        try {
            shareBinaries(directory);
            return EmbeddedPostgres.start(directory, port, settings);
        } catch (StartFailure e) {
            throw new IllegalStateException(e);
        }
    }

    /** Saves each new data directory from unpacking PostgreSQL anew. */
    static void shareBinaries(Path directory) {
        try {
            Files.createDirectories(BINARIES);
            Files.createDirectories(directory);
            Path home = Binaries.in(BINARIES);
            Path link = directory.resolve(home.getFileName());
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, home);
            }
        } catch (IOException | StartFailure e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new directory under {@code target}, removed with it. */
    public static Path temporaryDirectory(String name) {
        try {
            Path parent = Files.createDirectories(Path.of("target", "databases").toAbsolutePath());
            return Files.createTempDirectory(parent, name + "-");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Server(DatabaseAddress shared, DatabaseAddress administration) {}
}
