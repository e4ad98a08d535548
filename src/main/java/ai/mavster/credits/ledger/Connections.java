package ai.mavster.credits.ledger;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The ledger's connections. Its transactions are its own: they are never part of one that a caller may have open. */
@Singleton
class Connections {

    private final AgroalDataSource dataSource;

    Connections(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** To be committed or rolled back, and closed. */
    Connection open() throws SQLException {
        try {
            Connection connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            throw new SqlStates.NoConnection(e);
        }
    }

    /** For reading only, all statements as of one moment. To be rolled back and closed. */
    Connection snapshot() throws SQLException {
        Connection connection = open();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** For a round trip that begins and ends its own transaction; closed by the caller. */
    Connection openForReading() throws SQLException {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            throw new SqlStates.NoConnection(e);
        }
    }

    /** Ends the transaction of a round trip that failed before its end. */
    void endReading(Connection connection, Throwable cause) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** After one connection was lost the idle ones are likely dead too; without them the next try gets a fresh one. */
    void dropIdle() {
        dataSource.flush(AgroalDataSource.FlushMode.IDLE);
    }
}
