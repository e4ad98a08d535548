package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what runs have cost. Blocks. */
@Singleton
class RunHistoryRepository {

    private static final String LATEST = """
            SELECT r.project_id, r.estimated, r.spent + r.nested_spent AS cost
            FROM run r WHERE r.account_id = ? AND r.status IN ('success', 'failed') %s ORDER BY r.finished_at DESC LIMIT 100""";

    private static final String PAST_RUNS = """
            SELECT 1, t.estimated, t.cost FROM (%s) t WHERE ?::text IS NULL OR t.project_id = ?
            UNION ALL
            SELECT 2, t.estimated, t.cost FROM (%s) t
            UNION ALL
            SELECT 3, t.estimated, t.cost FROM (%s) t""".formatted(
            LATEST.formatted("AND r.test_id = ?"), LATEST.formatted("AND r.project_id = ?"), LATEST.formatted(""));

    private static final String UNIT_COSTS = """
            SELECT k.action, h.spent, h.quantity
            FROM unnest(?::text[], ?::text[]::timestamptz[]) AS k (action, since)
            CROSS JOIN LATERAL (
                SELECT a.spent, a.quantity FROM run_action a
                WHERE a.account_id = ? AND a.action = k.action AND a.finished_at >= k.since AND a.quantity > 0
                ORDER BY a.finished_at DESC LIMIT 100) h""";

    private final AgroalDataSource database;

    RunHistoryRepository(AgroalDataSource database) {
        this.database = database;
    }

    /**
     * In one round trip. A null test or project has no runs, except that any project's are of the test where none is
     * given.
     */
    PastRuns pastRuns(String accountId, @Nullable String projectId, @Nullable String testId) throws SQLException {
        List<PastRuns.Past> ofTest = new ArrayList<>();
        List<PastRuns.Past> ofProject = new ArrayList<>();
        List<PastRuns.Past> ofAccount = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(PAST_RUNS)) {
            statement.setString(1, accountId);
            statement.setString(2, testId);
            statement.setString(3, projectId);
            statement.setString(4, projectId);
            statement.setString(5, accountId);
            statement.setString(6, projectId);
            statement.setString(7, accountId);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                List<PastRuns.Past> kind = row.getInt(1) == 1 ? ofTest : row.getInt(1) == 2 ? ofProject : ofAccount;
                long estimated = row.getLong(2);
                kind.add(new PastRuns.Past(row.wasNull() ? null : new Credits(estimated), new Credits(row.getLong(3))));
            }
        }
        return new PastRuns(ofTest, ofProject, ofAccount);
    }

    /**
     * What the actions have cost in the latest runs that were over at the given instants or later, in one round trip.
     *
     * @param since the instant of each action
     */
    Map<String, List<UnitCost>> unitCosts(String accountId, Map<String, Instant> since) throws SQLException {
        Map<String, List<UnitCost>> found = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(UNIT_COSTS)) {
            List<Map.Entry<String, Instant>> actions = List.copyOf(since.entrySet());
            statement.setArray(1, texts(connection, actions.stream().map(Map.Entry::getKey)));
            statement.setArray(
                    2,
                    texts(
                            connection,
                            actions.stream().map(action -> action.getValue().toString())));
            statement.setString(3, accountId);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                found.computeIfAbsent(row.getString(1), action -> new ArrayList<>())
                        .add(new UnitCost(new Credits(row.getLong(2)), row.getBigDecimal(3)));
            }
        }
        return found;
    }

    private static Array texts(Connection connection, Stream<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }
}
