package ai.mavster.credits.account;

import ai.mavster.credits.ledger.Ledger;
import io.agroal.api.AgroalDataSource;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The accounts by their ids. */
@Singleton
class Accounts implements PanacheRepositoryBase<Account, String> {

    private final Ledger ledger;
    private final AgroalDataSource dataSource;

    Accounts(Ledger ledger, AgroalDataSource dataSource) {
        this.ledger = ledger;
        this.dataSource = dataSource;
    }

    /**
     * Makes the account, with its balance row, unless it exists. Within the caller's transaction.
     *
     * @param testClock where its own clock stands; null: it has none
     * @return whether it was made
     */
    boolean create(String accountId, @Nullable Instant testClock, Instant now) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        INSERT INTO account (account_id, time_zone, created_at, updated_at) VALUES (?, 'UTC', ?, ?)
                        ON CONFLICT (account_id) DO NOTHING""")) {
            statement.setString(1, accountId);
            statement.setTimestamp(2, Timestamp.from(now));
            statement.setTimestamp(3, Timestamp.from(now));
            boolean created = statement.executeUpdate() == 1;
            if (created) {
                ledger.open(connection, accountId, testClock);
            }
            return created;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Account locked(String accountId) {
        return findById(accountId, LockModeType.PESSIMISTIC_WRITE);
    }
}
