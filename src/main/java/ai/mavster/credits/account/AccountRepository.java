package ai.mavster.credits.account;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.AccountOpening;
import ai.mavster.credits.sql.SqlFailure;
import io.agroal.api.AgroalDataSource;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The accounts by their ids. Each method runs within the caller's transaction. */
@Singleton
public class AccountRepository implements PanacheRepositoryBase<Account, String> {

    private final AgroalDataSource dataSource;

    AccountRepository(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * An account that is to be made.
     *
     * @param testClock where its own clock stands; null: it has none
     */
    public record Profile(
            String accountId,
            @Nullable String name,
            @Nullable String billingEmail,
            ZoneId timeZone,
            @Nullable Instant testClock) {}

    /** Makes the account, with its balance row, unless it exists; whether it was made. */
    boolean create(Profile profile, Instant now) {
        return !create(List.of(profile), now).isEmpty();
    }

    /** Makes those that do not exist, with their balance rows; which were made. */
    public Set<String> create(List<Profile> profiles, Instant now) {
        Set<String> created = new HashSet<>();
        for (Profile profile : profiles) {
            Instant at = profile.testClock == null ? now : profile.testClock;
            if (insert(profile, at)) {
                created.add(profile.accountId);
            }
        }
        ledgerOpens(
                profiles.stream()
                        .filter(profile -> created.contains(profile.accountId))
                        .toList(),
                now);
        return created;
    }

    private boolean insert(Profile profile, Instant at) {
        return getEntityManager()
                        .createQuery("""
                                insert into Account (accountId, name, billingEmail, createdAt, updatedAt)
                                values (:id, :name, :email, :at, :at) on conflict do nothing""")
                        .setParameter("id", profile.accountId)
                        .setParameter("name", profile.name)
                        .setParameter("email", profile.billingEmail)
                        .setParameter("at", at)
                        .executeUpdate()
                == 1;
    }

    private void ledgerOpens(List<Profile> profiles, Instant now) {
        try (Connection connection = dataSource.getConnection()) {
            AccountOpening.open(
                    connection,
                    profiles.stream()
                            .map(profile -> new AccountOpening(
                                    profile.accountId,
                                    profile.testClock == null ? now : profile.testClock,
                                    profile.testClock != null,
                                    profile.timeZone))
                            .toList());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes whose days count for an account, under its lock. */
    void changeTimeZone(String accountId, ZoneId timeZone) {
        try (Connection connection = dataSource.getConnection()) {
            AccountOpening.changeTimeZone(connection, accountId, timeZone);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Locks an account until the end of the transaction, and refuses to change one that is closed: what is erased of it
     * then must not come back by a request that was under way.
     */
    void requireOpen(String accountId) {
        try (Connection connection = dataSource.getConnection()) {
            AccountOpening.lock(connection, accountId).ifPresent(closedAt -> {
                throw new RefusalException(Refusal.accountClosed(accountId, closedAt));
            });
        } catch (SQLException e) {
            throw SqlFailure.isTransient(e)
                    ? new Unavailable(Unavailable.Reason.DATABASE_UNREACHABLE, e)
                    : new IllegalStateException(e);
        }
    }

    /** Which of these there are. */
    public Set<String> existing(Collection<String> accountIds) {
        return new HashSet<>(getEntityManager()
                .createQuery("select accountId from Account where accountId in :ids", String.class)
                .setParameter("ids", accountIds)
                .getResultList());
    }

    /** Who has an account, and whom mail about it is for. */
    public record Contact(@Nullable String name, @Nullable String billingEmail) {}

    public Contact contact(String accountId) {
        Account account = findById(accountId);
        return new Contact(account.name, account.billingEmail);
    }

    /**
     * @param address null: none
     */
    public void changeBillingEmail(String accountId, @Nullable String address, Instant now) {
        requireOpen(accountId);
        Account account = locked(accountId);
        if (!Objects.equals(address, account.billingEmail)) {
            account.billingEmail = address;
            account.updatedAt = now;
        }
    }

    Account locked(String accountId) {
        return findById(accountId, LockModeType.PESSIMISTIC_WRITE);
    }
}
