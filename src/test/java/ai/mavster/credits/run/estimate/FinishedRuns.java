package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs that are over, put straight into their tables: so many, with these figures, at these times. */
final class FinishedRuns {

    private final AgroalDataSource database;
    private final Customer customer;

    FinishedRuns(AgroalDataSource database, Customer customer) {
        this.database = database;
        this.customer = customer;
    }

    /**
     * A run's figures: {@code estimated>spent}, {@code estimated>spent+nested}; {@code ->spent} without an estimate.
     */
    String add(@Nullable String testId, @Nullable String projectId, String status, String figures, Instant finishedAt) {
        String[] sides = figures.split(">", 2);
        String[] spent = sides[1].split("\\+", 2);
        String runId = UUID.randomUUID().toString();
        execute(
                """
                INSERT INTO run (account_id, run_id, status, reason, test_id, project_id, estimated, spent, nested_spent,
                                 started_at, finished_at, seen_at, refused)
                VALUES (?, ?, ?, CASE ? WHEN 'hard_failure' THEN 'insufficient_credits' END, ?, ?, ?, ?, ?, ?, ?, now(), 0)""",
                customer.id,
                runId,
                status,
                status,
                testId,
                projectId,
                sides[0].equals("-") ? null : millionths(sides[0]),
                millionths(spent[0]),
                spent.length == 1 ? 0L : millionths(spent[1]),
                finishedAt.atOffset(ZoneOffset.UTC),
                finishedAt.atOffset(ZoneOffset.UTC));
        return runId;
    }

    /** What a run did of an action: {@code estimated>spent*quantity}. */
    void action(String runId, String action, String figures, Instant finishedAt) {
        String[] sides = figures.split(">", 2);
        String[] spent = sides[1].split("\\*", 2);
        execute(
                """
                INSERT INTO run_action (account_id, run_id, action, estimated, spent, debits, quantity, finished_at)
                VALUES (?, ?, ?, ?, ?, 1, ?::numeric, ?)""",
                customer.id,
                runId,
                action,
                sides[0].equals("-") ? null : millionths(sides[0]),
                millionths(spent[0]),
                spent.length == 1 ? "1" : spent[1],
                finishedAt.atOffset(ZoneOffset.UTC));
    }

    /** A run that did nothing but this. */
    void of(String action, String figures, Instant finishedAt) {
        action(add(null, null, "success", "->0", finishedAt), action, figures, finishedAt);
    }

    private static long millionths(String credits) {
        return Credits.parse(credits).millionths();
    }

    private void execute(String sql, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
