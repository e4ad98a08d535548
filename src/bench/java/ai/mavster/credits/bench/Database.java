package ai.mavster.credits.bench;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.EmbeddedPostgres;
import ai.mavster.credits.embedded.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The PostgreSQL that is measured, and a connection to it for seeding, counting and checking. */
final class Database implements AutoCloseable {

    /** Without these a commit is no promise, and its speed nothing to be proud of. */
    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");

    private static final List<String> TOLD = List.of(
            "server_version",
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "wal_sync_method",
            "shared_buffers",
            "max_wal_size",
            "wal_compression",
            "checkpoint_timeout");

    private final EmbeddedPostgres server;
    private final Connection connection;
    private final ProcessHandle process;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private Database(EmbeddedPostgres server) throws SQLException {
        this.server = server;
        this.connection = connect();
        this.process = ProcessHandle.of(number("SELECT pg_backend_pid()"))
                .flatMap(ProcessHandle::parent)
                .orElseThrow();
        for (String name : TOLD) {
            settings.put(name, show(name));
        }
    }

    /**
     * @throws IllegalStateException if the server could lose what it has committed
     */
    static Database start(Path directory) throws StartFailure, SQLException, IOException {
        EmbeddedPostgres server = EmbeddedPostgres.start(directory);
        try {
            Database database = new Database(server);
            database.requireDurable();
            return database;
        } catch (SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void requireDurable() {
        for (String name : DURABLE) {
            if (!"on".equals(settings.get(name))) {
                throw new IllegalStateException(name + " is " + settings.get(name)
                        + ": a database that may lose commits is not worth measuring.");
            }
        }
    }

    DatabaseAddress address() {
        return server.address();
    }

    /** As {@code SHOW} tells them. */
    Map<String, String> settings() {
        return settings;
    }

    /** The server's first process, the parent of all others. */
    ProcessHandle process() {
        return process;
    }

    /** A connection of the caller's own, to be closed. It sends values as the service's do. */
    Connection connect() throws SQLException {
        DatabaseAddress address = server.address();
        return DriverManager.getConnection(
                address.url() + "?reWriteBatchedInserts=true&binaryTransferEnable=16,1700,1184,1000,1231,1185,2951",
                address.user(),
                address.password());
    }

    private String show(String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SHOW " + name)) {
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getString(1);
        }
    }

    /** Reads rows one by one. */
    interface Rows {
        void read(ResultSet row) throws SQLException;
    }

    synchronized void query(Rows rows, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                rows.read(row);
            }
        }
    }

    long number(String sql, Object... parameters) throws SQLException {
        long[] number = new long[1];
        query(row -> number[0] = row.getLong(1), sql, parameters);
        return number[0];
    }

    synchronized void execute(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            statement.execute();
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
