package ai.mavster.credits.ledger;

import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Settles accounts that nobody uses: takes out the credits that have expired, and lets go what expired holds reserve. Every command does that
 * for its own account first, and every read leaves it out, so nothing depends on when this runs; it keeps the books of idle accounts up to
 * date. Safe with several processes.
 */
@Singleton
class ExpiryJob {

    private static final Logger LOG = Logger.getLogger(ExpiryJob.class);
    private static final int PAGE = 500;

    private final Ledger ledger;
    private final Connections connections;
    private final List<Idle> idle = new ArrayList<>();
    private final Clock clock;

    ExpiryJob(Ledger ledger, Connections connections, @All List<Participant> participants, Clock clock) {
        this.ledger = ledger;
        this.connections = connections;
        this.clock = clock;
        idle.add(ExpiryJob::accountsWithExpiredCredits);
        participants.forEach(participant -> idle.add(participant::accountsToSettle));
    }

    /** Names accounts to settle, as {@link Participant#accountsToSettle} does. */
    private interface Idle {
        List<String> accounts(Connection connection, Instant now, String after, int limit) throws SQLException;
    }

    @Scheduled(every = "{credits.expiry.every}", concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        try {
            long settled = 0;
            for (Idle one : idle) {
                settled += settleAll(one, clock.instant());
            }
            if (settled > 0) {
                LOG.infof("Settled %d accounts with expired credits or holds", settled);
            }
        } catch (SQLException e) {
            LOG.warnf("What has expired stays on the books until the next run: %s", e.getMessage());
        }
    }

    private long settleAll(Idle which, Instant now) throws SQLException {
        long settled = 0;
        String last = "";
        while (true) {
            List<String> page = page(which, now, last);
            if (page.isEmpty()) {
                return settled;
            }
            settled += settle(page);
            last = page.get(page.size() - 1);
        }
    }

    private List<String> page(Idle which, Instant now, String after) throws SQLException {
        try (Connection connection = connections.open()) {
            List<String> accountIds = which.accounts(connection, now, after, PAGE);
            connection.rollback();
            return accountIds;
        }
    }

    private long settle(List<String> accountIds) {
        List<CompletionStage<Outcome<AccountState>>> stages = new ArrayList<>();
        for (String accountId : accountIds) {
            stages.add(ledger.submit(new Command.Settle(accountId)));
        }
        long settled = 0;
        for (CompletionStage<Outcome<AccountState>> stage : stages) {
            try {
                stage.toCompletableFuture().join();
                settled++;
            } catch (CompletionException e) {
                LOG.debugf("An account was not settled: %s", e.getMessage());
            }
        }
        return settled;
    }

    /** Where all that has expired is reserved by holds there is nothing to take out. */
    private static List<String> accountsWithExpiredCredits(Connection connection, Instant now, String after, int limit)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT DISTINCT g.account_id
                FROM credit_grant g JOIN account_balance b USING (account_id)
                WHERE g.open AND g.expires_at <= ? AND b.held < b.balance AND b.test_clock IS NULL AND g.account_id > ?
                ORDER BY g.account_id LIMIT ?""")) {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.setString(2, after);
            statement.setInt(3, limit);
            ResultSet row = statement.executeQuery();
            List<String> accountIds = new ArrayList<>();
            while (row.next()) {
                accountIds.add(row.getString(1));
            }
            return accountIds;
        }
    }
}
