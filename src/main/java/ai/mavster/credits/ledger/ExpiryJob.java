package ai.mavster.credits.ledger;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.sql.Connections;
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
 * Brings accounts up to date that nobody uses: takes out the credits that have expired, and ends the holds that have,
 * and what participants know to be over. Every command does that first for what it is about, and every read shows it
 * so, so nothing depends on when this runs. Safe with several processes.
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
        idle.add(among("SELECT account_id FROM hold WHERE open AND expires_at <= ?"));
        idle.add(ExpiryJob::accountsWithExpiredCredits);
        for (Participant participant : participants) {
            String accounts = participant.accountsToSettle();
            if (accounts != null) {
                idle.add(among(accounts));
            }
        }
    }

    /** Names accounts to bring up to date: those with greater ids than one, in the order of their ids. */
    private interface Idle {
        List<String> accounts(Connection connection, Instant now, String after, int limit) throws SQLException;
    }

    @Scheduled(every = "{credits.expiry.every}", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        try {
            long settled = 0;
            for (Idle one : idle) {
                settled += settleAll(one, clock.instant());
            }
            if (settled > 0) {
                LOG.infof("Settled what was over of %d accounts", settled);
            }
        } catch (SQLException e) {
            LOG.warnf("What is over is settled by the next run: %s", e.getMessage());
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
        List<CompletionStage<Outcome<AccountView>>> stages = new ArrayList<>();
        for (String accountId : accountIds) {
            stages.add(ledger.submit(new Command.Expire(accountId)));
        }
        long settled = 0;
        for (CompletionStage<Outcome<AccountView>> stage : stages) {
            try {
                stage.toCompletableFuture().join();
                settled++;
            } catch (CompletionException e) {
                LOG.debugf("An account was not brought up to date: %s", e.getMessage());
            }
        }
        return settled;
    }

    /**
     * Found first and put in order then, since there are few of them among all that are open.
     *
     * @param found a query with the time as its one parameter
     */
    private static Idle among(String found) {
        String sql = """
                SELECT DISTINCT account_id
                FROM (%s OFFSET 0) found JOIN account_balance b USING (account_id)
                WHERE account_id > ? AND NOT b.on_test_clock ORDER BY account_id LIMIT ?""".formatted(found);
        return (connection, now, after, limit) -> accounts(connection, sql, now, after, limit);
    }

    /** Not what holds have kept; and where all that has expired is held there is nothing to take out. */
    private static List<String> accountsWithExpiredCredits(Connection connection, Instant now, String after, int limit)
            throws SQLException {
        return accounts(connection, """
                SELECT DISTINCT g.account_id
                FROM credit_grant g JOIN account_balance b USING (account_id)
                WHERE g.open AND g.expires_at <= ? AND g.expires_at > b.as_of AND b.held < b.balance AND NOT b.on_test_clock
                  AND g.account_id > ?
                ORDER BY g.account_id LIMIT ?""", now, after, limit);
    }

    private static List<String> accounts(Connection connection, String sql, Instant now, String after, int limit)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
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
