package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import ai.mavster.credits.sql.Connections;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What finished runs have cost lately, and what they were estimated at: of each test or project its last runs, so that
 * it takes no longer the more there were.
 */
@Singleton
public class RunCosts {

    /** How many runs of each are read. */
    public static final int RUNS = 1_000;

    private static final String FIGURES = """
            count(*), coalesce(sum(actual), 0)::bigint, count(estimated), coalesce(sum(estimated), 0)::bigint,
            coalesce(sum(actual) FILTER (WHERE estimated IS NOT NULL), 0)::bigint""";

    /** By an index that has what runs were of, and when they finished. */
    private static final String LAST = """
            SELECT r.spent + r.nested_spent AS actual, r.estimated FROM run r
            WHERE r.account_id = ? AND %s r.status IN ('success', 'failed') AND r.finished_at >= ? AND r.finished_at < ?
            ORDER BY r.finished_at DESC LIMIT\s""" + RUNS;

    private static final String OF_ALL = "SELECT '', " + FIGURES + " FROM (" + LAST.formatted("") + ") r";

    private static final String OF_EACH = "SELECT k.id, " + FIGURES
            + " FROM unnest(CAST(? AS text[])) AS k (id) CROSS JOIN LATERAL (%s) r GROUP BY k.id";

    private final Connections database;

    RunCosts(Connections database) {
        this.database = database;
    }

    /** What runs are grouped by. */
    public enum By {
        TEST("r.test_id = k.id AND"),
        PROJECT("r.project_id = k.id AND");

        private final String condition;

        By(String condition) {
            this.condition = condition;
        }
    }

    /**
     * What some runs have come to.
     *
     * @param runs {@link #RUNS} at most
     * @param actual what they cost, with the runs below them
     * @param estimatedRuns how many of them had an estimate
     * @param actualOfEstimated what these cost
     */
    public record Cost(long runs, Credits actual, long estimatedRuns, Credits estimated, Credits actualOfEstimated) {

        /** Whether there may have been more of them. */
        public boolean isOfTheLast() {
            return runs == RUNS;
        }
    }

    /** Of all runs that finished from one instant to before another. */
    public Cost ofAll(String accountId, Instant from, Instant to) throws SQLException {
        return read(OF_ALL, accountId, null, from, to).values().iterator().next();
    }

    /** Of those of each test or project; those without any are left out. */
    public Map<String, Cost> of(By by, String accountId, Collection<String> ids, Instant from, Instant to)
            throws SQLException {
        return read(OF_EACH.formatted(LAST.formatted(by.condition)), accountId, ids, from, to);
    }

    private Map<String, Cost> read(
            String sql, String accountId, @Nullable Collection<String> ids, Instant from, Instant to)
            throws SQLException {
        Map<String, Cost> found = new LinkedHashMap<>();
        try (Connection connection = database.longRead();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            if (ids != null) {
                statement.setArray(parameter++, connection.createArrayOf("text", ids.toArray()));
            }
            statement.setString(parameter++, accountId);
            statement.setObject(parameter++, from.atOffset(ZoneOffset.UTC));
            statement.setObject(parameter, to.atOffset(ZoneOffset.UTC));
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                found.put(
                        row.getString(1),
                        new Cost(
                                row.getLong(2),
                                new Credits(row.getLong(3)),
                                row.getLong(4),
                                new Credits(row.getLong(5)),
                                new Credits(row.getLong(6))));
            }
        }
        return found;
    }
}
