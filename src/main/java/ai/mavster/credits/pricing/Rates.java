package ai.mavster.credits.pricing;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The rate card, kept in memory while its revision lasts. May be asked on any thread, within a transaction or not: what
 * it reads, it reads on a connection of its own and as committed.
 */
@Singleton
public class Rates {

    /** The class of states for trouble with a connection: the caller may try again. */
    private static final String NO_CONNECTION = "08001";

    private final AgroalDataSource database;
    private final RateRepository rows;
    private volatile @Nullable RateCard copy;

    Rates(AgroalDataSource database, RateRepository rows) {
        this.database = database;
        this.rows = rows;
    }

    /**
     * The card as it is: asks the database for its revision, and reads it anew only if that has changed.
     *
     * @throws SQLException if the database does not answer
     */
    public RateCard current() throws SQLException {
        return at(read(rows::revision));
    }

    /**
     * The card of a revision that was read with {@code SELECT revision FROM rate_card}; from memory if this is the one
     * there. Otherwise it is read anew, and is that revision or, if it was changed once more since, a later one: which
     * has the same versions and newer ones.
     *
     * @throws SQLException if it had to be read and the database does not answer
     */
    public RateCard at(long revision) throws SQLException {
        RateCard known = copy;
        return known != null && known.revision() == revision ? known : reload(revision);
    }

    /** One at a time, so that a copy is never replaced by an older one; those who waited find it done. */
    private synchronized RateCard reload(long revision) throws SQLException {
        RateCard known = copy;
        if (known != null && known.revision() == revision) {
            return known;
        }
        RateCard loaded = read(rows::load);
        copy = loaded;
        return loaded;
    }

    private interface Reading<T> {
        T from(Connection connection) throws SQLException;
    }

    /**
     * Outside of the transaction that the thread may be in: a connection that took part in it would show changes that
     * may yet be rolled back, and the next change would get the same revision.
     */
    private <T> T read(Reading<T> reading) throws SQLException {
        try {
            return QuarkusTransaction.suspendingExisting().call(() -> {
                try (Connection connection = open()) {
                    return reading.from(connection);
                }
            });
        } catch (QuarkusTransactionException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            throw e;
        }
    }

    private Connection open() throws SQLException {
        try {
            return database.getConnection();
        } catch (SQLException e) {
            // The pool says without a state that it is used up.
            throw new SQLException(e.getMessage(), NO_CONNECTION, e);
        }
    }
}
