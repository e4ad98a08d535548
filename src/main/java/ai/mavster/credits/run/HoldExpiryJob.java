package ai.mavster.credits.run;

import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.RealTime;
import io.agroal.api.AgroalDataSource;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * Releases the holds of runs that were forgotten. Every command does that for its own account first, and every read leaves them out, so
 * nothing depends on when this runs; it keeps the books of idle accounts up to date. Safe with several processes.
 */
@Singleton
class HoldExpiryJob {

    private static final Logger LOG = Logger.getLogger(HoldExpiryJob.class);
    private static final int PAGE = 500;

    private final Ledger ledger;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    HoldExpiryJob(Ledger ledger, AgroalDataSource dataSource, Clock clock) {
        this.ledger = ledger;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    @Scheduled(every = "{credits.expiry.every}", concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        try {
            String last = "";
            for (List<String> page = expired(last); !page.isEmpty(); page = expired(last)) {
                settle(page);
                last = page.get(page.size() - 1);
            }
        } catch (SQLException | CompletionException e) {
            LOG.warnf("Expired holds stay on the books until the next run: %s", e.getMessage());
        }
    }

    private void settle(List<String> accountIds) {
        CompletableFuture<?>[] settled = accountIds.stream()
                .map(accountId -> ledger.submit(new Command.Settle(accountId)).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(settled).join();
        LOG.infof("Released the expired holds of %d accounts", accountIds.size());
    }

    private List<String> expired(String after) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("""
                        SELECT DISTINCT account_id FROM run
                        WHERE hold_open AND hold_expires_at <= ? AND account_id > ? AND %s
                        ORDER BY account_id LIMIT ?""".formatted(RealTime.of("run.account_id")))) {
            statement.setTimestamp(1, Timestamp.from(clock.instant()));
            statement.setString(2, after);
            statement.setInt(3, PAGE);
            ResultSet row = statement.executeQuery();
            List<String> accountIds = new ArrayList<>();
            while (row.next()) {
                accountIds.add(row.getString(1));
            }
            return accountIds;
        }
    }
}
