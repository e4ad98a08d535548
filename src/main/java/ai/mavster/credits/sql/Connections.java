package ai.mavster.credits.sql;

import ai.mavster.credits.sql.SqlFailure.CommitInDoubt;
import ai.mavster.credits.sql.SqlFailure.NoConnection;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Connections of transactions that are never part of one that a caller may have open, from pools that no ordinary request
 * draws on: one for the ledger's own transactions, one for what reads much at once and is given longer for it, and one
 * for what leaves the service after a commit.
 */
@Singleton
public class Connections {

    /** To add up all of a long account takes longer than a statement is given elsewhere. */
    private static final String SNAPSHOT =
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '2min'";

    private final AgroalDataSource ordinary;
    private final AgroalDataSource ledger;
    private final AgroalDataSource longReads;
    private final AgroalDataSource outbox;
    private final String url;
    private final Properties listening = new Properties();

    Connections(
            AgroalDataSource ordinary,
            @DataSource("ledger") AgroalDataSource ledger,
            @DataSource("long") AgroalDataSource longReads,
            @DataSource("outbox") AgroalDataSource outbox,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.ordinary = ordinary;
        this.ledger = ledger;
        this.longReads = longReads;
        this.outbox = outbox;
        this.url = url;
        user.ifPresent(name -> listening.setProperty("user", name));
        password.ifPresent(secret -> listening.setProperty("password", secret));
        listening.setProperty("ApplicationName", "mavster-credits-listening");
        listening.setProperty("connectTimeout", "2");
        listening.setProperty("tcpKeepAlive", "true");
    }

    /**
     * To be committed or rolled back, and closed.
     *
     * @throws NoConnection if there is none to be had
     */
    public Connection open() throws SQLException {
        return begun(ledger);
    }

    private static Connection begun(AgroalDataSource pool) throws SQLException {
        Connection connection = any(pool);
        connection.setAutoCommit(false);
        return connection;
    }

    /**
     * The same for what leaves the service after a commit, of which nobody waits for the next one.
     *
     * @throws NoConnection if there is none to be had
     */
    public Connection afterCommit() throws SQLException {
        return begun(outbox);
    }

    /**
     * For reading much, committed statement by statement. To be closed.
     *
     * @throws NoConnection if there is none to be had
     */
    public Connection longRead() throws SQLException {
        return any(longReads);
    }

    /**
     * One that is in no pool, for {@link Channel} to listen on for as long as the process runs: a thread that waits there must
     * take none from others. To be closed.
     */
    Connection listening() throws SQLException {
        return DriverManager.getConnection(url, listening);
    }

    /** For reading much, all statements as of one moment. To be rolled back and closed. */
    public Connection snapshot() throws SQLException {
        try {
            return begunSnapshot();
        } catch (NoConnection e) {
            throw e;
        } catch (SQLException e) {
            if (!SqlFailure.isConnectionLost(e)) {
                throw e;
            }
            dropIdle();
            return begunSnapshot();
        }
    }

    private Connection begunSnapshot() throws SQLException {
        Connection connection = begun(longReads);
        try {
            execute(connection, SNAPSHOT);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Runs queries as of one moment, in one round trip that begins and ends its own transaction. */
    public void read(RoundTrip queries) throws SQLException {
        try (Connection connection = any(ledger)) {
            try {
                queries.runReadOnly(connection);
            } catch (SQLException | RuntimeException | Error e) {
                try {
                    execute(connection, "ROLLBACK");
                } catch (SQLException again) {
                    e.addSuppressed(again);
                }
                throw e;
            }
        }
    }

    /**
     * Commits by itself, not with the writes: of a message that the network splits in the middle the database would
     * wait for the rest, locks held, for as long as TCP does; a transaction that is idle it ends after seconds.
     *
     * @throws CommitInDoubt if the connection is lost before the answer
     */
    public static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw SqlFailure.isConnectionLost(e) ? new CommitInDoubt(e) : e;
        }
    }

    /** Rolls back after a failure, which is what is thrown in the end. */
    public static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * After one connection was lost the idle ones are likely dead too, whichever pool they are in; without them the
     * next try gets a fresh one.
     */
    public void dropIdle() {
        List.of(ordinary, ledger, longReads, outbox).forEach(pool -> pool.flush(AgroalDataSource.FlushMode.IDLE));
    }

    private static Connection any(AgroalDataSource pool) throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw new NoConnection(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
