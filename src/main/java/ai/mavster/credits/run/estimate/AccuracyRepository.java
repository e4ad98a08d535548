package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import ai.mavster.credits.sql.Connections;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what runs were estimated at and what they cost, summed up. Blocks. */
@Singleton
class AccuracyRepository {

    /** A percentile's fraction only chooses the rank; what is ranked is exact. */
    private static final String FIGURES = """
            count(*), coalesce(sum(estimated), 0), coalesce(sum(actual), 0) AS actual,
            (sum(actual) - sum(estimated)) / nullif(sum(estimated), 0),
            avg(abs(actual - estimated)::numeric / nullif(actual, 0)),
            percentile_disc(0.5) WITHIN GROUP (ORDER BY actual::numeric / nullif(estimated, 0)),
            percentile_disc(0.9) WITHIN GROUP (ORDER BY actual::numeric / nullif(estimated, 0))""";

    /** The total first, which is of the runs however they are grouped; then the groups. */
    private static final String SUMS = """
            WITH known AS (
                SELECT r.account_id, r.run_id, r.test_id, r.project_id, r.estimated, r.spent + r.nested_spent AS actual
                FROM run r
                WHERE r.account_id = ? AND r.status IN ('success', 'failed') AND r.finished_at >= ? AND r.finished_at < ?
                    AND r.estimated IS NOT NULL),
            parts AS (%2$s)
            SELECT 1 AS total, NULL AS key, %1$s FROM known
            UNION ALL
            SELECT 0, key, %1$s FROM parts GROUP BY key
            ORDER BY total DESC, actual DESC, key
            LIMIT ?""";

    private static final String OF_RUNS = "SELECT %s AS key, estimated, actual FROM known";

    /**
     * What a run's own actions do not account for is a part too, of none: so the parts of a run are the whole of it.
     */
    private static final String OF_ACTIONS = """
            SELECT a.action AS key, coalesce(a.estimated, 0) AS estimated, a.spent AS actual
            FROM known k JOIN run_action a ON a.account_id = k.account_id AND a.run_id = k.run_id
            UNION ALL
            SELECT NULL, k.estimated - a.estimated, k.actual - a.spent
            FROM known k CROSS JOIN LATERAL (
                SELECT coalesce(sum(o.estimated), 0) AS estimated, coalesce(sum(o.spent), 0) AS spent FROM run_action o
                WHERE o.account_id = k.account_id AND o.run_id = k.run_id) a
            WHERE k.estimated <> a.estimated OR k.actual <> a.spent""";

    private final Connections database;

    AccuracyRepository(Connections database) {
        this.database = database;
    }

    private static String sums(EstimateAccuracy.GroupBy groupBy) {
        return SUMS.formatted(
                FIGURES,
                switch (groupBy) {
                    case TEST -> OF_RUNS.formatted("test_id");
                    case PROJECT -> OF_RUNS.formatted("project_id");
                    case ACTION -> OF_ACTIONS;
                });
    }

    EstimateAccuracy read(String accountId, EstimateAccuracy.GroupBy groupBy, Instant from, Instant to, int limit)
            throws SQLException {
        List<EstimateAccuracy.Row> found = new ArrayList<>();
        try (Connection connection = database.longRead();
                PreparedStatement statement = connection.prepareStatement(sums(groupBy))) {
            statement.setString(1, accountId);
            statement.setObject(2, from.atOffset(ZoneOffset.UTC));
            statement.setObject(3, to.atOffset(ZoneOffset.UTC));
            statement.setInt(4, limit + 2);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                found.add(row(row, groupBy));
            }
        }
        List<EstimateAccuracy.Row> groups = found.subList(1, found.size());
        boolean hasMore = groups.size() > limit;
        return new EstimateAccuracy(
                groupBy, from, to, found.get(0), List.copyOf(hasMore ? groups.subList(0, limit) : groups), hasMore);
    }

    private static EstimateAccuracy.Row row(ResultSet row, EstimateAccuracy.GroupBy groupBy) throws SQLException {
        String key = row.getString(2);
        return new EstimateAccuracy.Row(
                groupBy == EstimateAccuracy.GroupBy.TEST ? key : null,
                groupBy == EstimateAccuracy.GroupBy.PROJECT ? key : null,
                groupBy == EstimateAccuracy.GroupBy.ACTION ? key : null,
                row.getLong(3),
                new Credits(row.getBigDecimal(4).longValueExact()),
                new Credits(row.getBigDecimal(5).longValueExact()),
                ratio(row.getBigDecimal(6)),
                ratio(row.getBigDecimal(7)),
                ratio(row.getBigDecimal(8)),
                ratio(row.getBigDecimal(9)));
    }

    private static @Nullable BigDecimal ratio(@Nullable BigDecimal value) {
        return value == null ? null : Decimals.plain(value.setScale(6, RoundingMode.HALF_UP));
    }
}
