package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.LedgerUnavailable;
import ai.mavster.credits.ledger.Outcome;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works off the renewals that are due by the real time, each as a command of its own through the ledger. Safe to repeat, to overlap and to stop half way:
 * what is due is a row, and each period is decided once whoever asks.
 */
@Singleton
class Renewals {

    private static final Logger LOG = Logger.getLogger(Renewals.class);

    /** How many subscriptions are under way at once: enough for full batches, far from filling the lanes' queues. */
    private static final int PAGE = 1_000;

    /** How many subscriptions that could not be renewed are named to the caller; the log has all of them. */
    private static final int FAILURES_NAMED = 100;

    private final Ledger ledger;
    private final AgroalDataSource dataSource;

    Renewals(Ledger ledger, AgroalDataSource dataSource) {
        this.ledger = ledger;
        this.dataSource = dataSource;
    }

    /** What a run of the job came to. Counts of subscriptions are {@code due}, {@code ended}, {@code failed}; of periods the others. */
    static final class Tally {
        long due;
        long renewed;
        long grantedFull;
        long grantedPartial;
        long skipped;
        long ended;
        long failed;
        Credits creditsGranted = Credits.ZERO;
        final List<Failure> failures = new ArrayList<>();
        long remainingDue;

        @Nullable
        Instant nextDueAt;

        void count(Subscriptions.Renewed done) {
            switch (done.done()) {
                case NOTHING -> {}
                case END -> ended++;
                case RENEWAL -> renewed(done.grant());
            }
        }

        private void failed(String accountId, String why) {
            LOG.warnf("The renewal of account %s failed: %s", accountId, why);
            failed++;
            if (failures.size() < FAILURES_NAMED) {
                failures.add(new Failure(accountId, why));
            }
        }

        private void renewed(@Nullable MonthlyGrant grant) {
            renewed++;
            if (grant == null) {
                skipped++;
                return;
            }
            creditsGranted = creditsGranted.plus(grant.granted());
            switch (grant.result()) {
                case FULL -> grantedFull++;
                case PARTIAL -> grantedPartial++;
                case SKIPPED -> skipped++;
            }
        }
    }

    /** A subscription that could not be renewed, and why. */
    record Failure(String accountId, String why) {}

    /** Where a page of due subscriptions ends. */
    private record Due(String accountId, Instant periodEnd) {}

    private static final Due START = new Due("", Instant.EPOCH);

    /**
     * @param limit how many subscriptions at most
     */
    Tally run(Instant asOf, long limit) {
        Tally tally = new Tally();
        tally.due = countDue(asOf);
        if (tally.due > 0) {
            LOG.infof("Renewals as of %s: %d subscriptions are due", asOf, tally.due);
        }
        long left = limit;
        Due last = START;
        while (left > 0) {
            List<Due> page = due(asOf, last, (int) Math.min(PAGE, left));
            if (page.isEmpty()) {
                break;
            }
            renew(page, asOf, tally);
            left -= page.size();
            last = page.get(page.size() - 1);
            LOG.infof(
                    "Renewals as of %s: %d renewed, %d ended, %d failed of %d due",
                    asOf, tally.renewed, tally.ended, tally.failed, tally.due);
        }
        tally.remainingDue = countDue(asOf);
        tally.nextDueAt = nextDueAt().orElse(null);
        return tally;
    }

    /** Renews each subscription, and those that are due again once more, until none is. */
    private void renew(List<Due> page, Instant asOf, Tally tally) {
        List<String> accountIds = page.stream().map(Due::accountId).toList();
        while (!accountIds.isEmpty()) {
            List<CompletionStage<Outcome<Subscriptions.Renewed>>> stages = new ArrayList<>(accountIds.size());
            for (String accountId : accountIds) {
                stages.add(ledger.submit(new Subscriptions.Renew(accountId, asOf)));
            }
            List<String> again = new ArrayList<>();
            for (int i = 0; i < stages.size(); i++) {
                String accountId = accountIds.get(i);
                if (finish(accountId, stages.get(i), tally)) {
                    again.add(accountId);
                }
            }
            accountIds = again;
        }
    }

    /** Whether the subscription is due again. One that fails is reported, stays due, and holds up no other. */
    private static boolean finish(
            String accountId, CompletionStage<Outcome<Subscriptions.Renewed>> stage, Tally tally) {
        try {
            return stage.toCompletableFuture()
                    .join()
                    .fold(
                            (done, replayed) -> {
                                tally.count(done);
                                return done.more();
                            },
                            refusal -> {
                                tally.failed(accountId, refusal.detail());
                                return false;
                            });
        } catch (CompletionException e) {
            tally.failed(accountId, why(e.getCause()));
            return false;
        }
    }

    /** No word of the database's or of our code's: callers read it. */
    private static String why(@Nullable Throwable cause) {
        LOG.debugf(cause, "A renewal failed");
        return cause instanceof LedgerUnavailable
                ? "The database could not be reached in time."
                : "Its renewal failed; the service's log says why.";
    }

    private List<Due> due(Instant asOf, Due after, int limit) {
        return query(
                """
                SELECT account_id, period_end FROM subscription
                WHERE status IN ('active', 'trialing') AND NOT on_test_clock AND period_end <= ? AND (period_end, account_id) > (?, ?)
                ORDER BY period_end, account_id LIMIT ?""",
                statement -> {
                    statement.setTimestamp(1, Timestamp.from(asOf));
                    statement.setTimestamp(2, Timestamp.from(after.periodEnd));
                    statement.setString(3, after.accountId);
                    statement.setInt(4, limit);
                },
                row -> {
                    List<Due> due = new ArrayList<>();
                    while (row.next()) {
                        due.add(new Due(row.getString(1), row.getTimestamp(2).toInstant()));
                    }
                    return due;
                });
    }

    long countDue(Instant asOf) {
        return query(
                "SELECT count(*) FROM subscription WHERE status IN ('active', 'trialing') AND NOT on_test_clock AND period_end <= ?",
                statement -> statement.setTimestamp(1, Timestamp.from(asOf)),
                row -> row.next() ? row.getLong(1) : 0L);
    }

    Optional<Instant> nextDueAt() {
        return query(
                "SELECT period_end FROM subscription WHERE status IN ('active', 'trialing') AND NOT on_test_clock ORDER BY period_end LIMIT 1",
                statement -> {},
                row -> row.next() ? Optional.of(row.getTimestamp(1).toInstant()) : Optional.<Instant>empty());
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    private interface Rows<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> T query(String sql, Parameters parameters, Rows<T> rows) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            return rows.read(statement.executeQuery());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
