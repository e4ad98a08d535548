package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.RealTime;
import ai.mavster.credits.ledger.RoundTrip;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The runs' part in each ledger transaction: what holds reserve, and what each debit of a run adds to it. */
@Singleton
class Runs implements Participant {

    /** Longer than any lock is waited for: what expires until the decision is among what was read. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final RunMetrics metrics;

    Runs(RunMetrics metrics) {
        this.metrics = metrics;
    }

    /** A run of an account. */
    record Key(String accountId, String runId) {}

    /** An idempotency key of an account. */
    record RequestKey(String accountId, String idempotencyKey) {}

    @Override
    public Work begin(RoundTrip reads, Scope scope) {
        RunWork work = new RunWork(metrics);
        RunTables.readExpiring(reads, scope.accountIds(), expiringBy(scope), work::load);
        Set<Key> runs = new LinkedHashSet<>();
        Set<Key> starts = new LinkedHashSet<>(0);
        Set<RequestKey> requests = new LinkedHashSet<>();
        List<Command.Reversal> reversals = new ArrayList<>(0);
        for (Command<?> command : scope.commands()) {
            if (command.idempotencyKey() != null) {
                requests.add(new RequestKey(command.accountId(), command.idempotencyKey()));
            }
            if (command instanceof RunCommand<?> change) {
                runs.add(new Key(command.accountId(), change.runId()));
                if (command instanceof StartRun) {
                    starts.add(new Key(command.accountId(), change.runId()));
                }
                if (change.parentRunId() != null) {
                    runs.add(new Key(command.accountId(), change.parentRunId()));
                }
            } else if (command instanceof Command.Debit debit && debit.purpose().runId() != null) {
                runs.add(new Key(command.accountId(), debit.purpose().runId()));
            } else if (command instanceof Command.Reversal reversal) {
                reversals.add(reversal);
            }
        }
        RunTables.readUpFrom(reads, runs, work::load);
        RunTables.readUpFromDebits(reads, reversals, work::load);
        RunTables.readSpent(reads, starts, work::load);
        RunTables.readRequests(reads, requests, work::load);
        return work;
    }

    /** Of an account whose test clock is to be advanced, up to there: all that has expired before was released as it got there. */
    private static Function<String, Instant> expiringBy(Scope scope) {
        Instant soon = scope.from().plus(MARGIN);
        Map<String, Instant> advanced = new HashMap<>(0);
        for (Command<?> command : scope.commands()) {
            if (command instanceof Command.Advance advance) {
                advanced.merge(advance.accountId(), advance.to(), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        return accountId -> advanced.getOrDefault(accountId, soon);
    }

    /** Those with holds that have expired: found first and put in order then, since there are few of them among all that are open. */
    @Override
    public List<String> accountsToSettle(Connection connection, Instant now, String after, int limit)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("""
                SELECT DISTINCT account_id
                FROM (SELECT account_id FROM run WHERE hold_open AND hold_expires_at <= ? OFFSET 0) expired
                WHERE account_id > ? AND\s""" + RealTime.of("expired.account_id") + " ORDER BY account_id LIMIT ?")) {
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

    @Override
    public Credits reserved(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT coalesce(sum(hold_amount - captured - released), 0)
                FROM run WHERE account_id = ? AND hold_open""")) {
            statement.setString(1, accountId);
            ResultSet row = statement.executeQuery();
            row.next();
            return new Credits(row.getLong(1));
        }
    }
}
