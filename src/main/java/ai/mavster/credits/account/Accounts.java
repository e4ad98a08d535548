package ai.mavster.credits.account;

import ai.mavster.credits.ledger.Ledger;
import io.agroal.api.AgroalDataSource;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The accounts by their ids. */
@Singleton
public class Accounts implements PanacheRepositoryBase<Account, String> {

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

    /** An account that is to be made. */
    public record Profile(
            String accountId,
            @Nullable String name,
            @Nullable String billingEmail,
            String timeZone) {}

    /** Makes those that do not exist, with their balance rows. Within the caller's transaction. */
    public void create(List<Profile> profiles, Instant now) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        INSERT INTO account (account_id, name, billing_email, time_zone, created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account_id) DO NOTHING""")) {
            for (Profile profile : profiles) {
                statement.setString(1, profile.accountId());
                statement.setString(2, profile.name());
                statement.setString(3, profile.billingEmail());
                statement.setString(4, profile.timeZone());
                statement.setTimestamp(5, Timestamp.from(now));
                statement.setTimestamp(6, Timestamp.from(now));
                statement.addBatch();
            }
            statement.executeBatch();
            ledger.open(connection, profiles.stream().map(Profile::accountId).toList());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Which of these there are. */
    public Set<String> existing(Collection<String> accountIds) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT account_id FROM account WHERE account_id = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("text", accountIds.toArray()));
            ResultSet row = statement.executeQuery();
            Set<String> existing = new HashSet<>();
            while (row.next()) {
                existing.add(row.getString(1));
            }
            return existing;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Account locked(String accountId) {
        return findById(accountId, LockModeType.PESSIMISTIC_WRITE);
    }
}
