package ai.mavster.credits.run;

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
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads runs. Each method waits for the database. */
@Singleton
class RunRows {

    private final AgroalDataSource dataSource;

    RunRows(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Which runs of an account; null: any.
     *
     * @param before the last run of the page before
     */
    record Filter(
            Run.@Nullable Status status,
            @Nullable String projectId,
            @Nullable String testId,
            @Nullable String parentRunId,
            @Nullable Place before) {}

    /** A run's place in the list, by its start. */
    record Place(Instant startedAt, String runId) {}

    Optional<Run> find(String accountId, String runId) {
        return query("r.account_id = ? AND r.run_id = ?", accountId, runId).stream()
                .findFirst();
    }

    /** The runs of that name, of whatever account; two at most. */
    List<Run> named(String runId) {
        return query("r.run_id = ? LIMIT 2", runId);
    }

    /** Newest first. */
    List<Run> list(String accountId, Filter filter, int limit) {
        StringBuilder where = new StringBuilder("r.account_id = ?");
        List<Object> values = new ArrayList<>(List.of(accountId));
        if (filter.status != null) {
            add(where, values, " AND r.status = ?", filter.status.name().toLowerCase(Locale.ROOT));
        }
        add(where, values, " AND r.project_id = ?", filter.projectId);
        add(where, values, " AND r.test_id = ?", filter.testId);
        add(where, values, " AND r.parent_run_id = ?", filter.parentRunId);
        if (filter.before != null) {
            where.append(" AND (r.started_at, r.run_id) < (?, ?)");
            values.add(Timestamp.from(filter.before.startedAt));
            values.add(filter.before.runId);
        }
        where.append(" ORDER BY r.started_at DESC, r.run_id DESC LIMIT ?");
        values.add(limit);
        return query(where.toString(), values.toArray());
    }

    private static void add(StringBuilder where, List<Object> values, String condition, @Nullable String value) {
        if (value != null) {
            where.append(condition);
            values.add(value);
        }
    }

    private List<Run> query(String condition, Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT " + RunTables.COLUMNS + " FROM run r WHERE " + condition)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            ResultSet row = statement.executeQuery();
            List<Run> runs = new ArrayList<>();
            while (row.next()) {
                runs.add(RunTables.run(row, 1));
            }
            return runs;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
