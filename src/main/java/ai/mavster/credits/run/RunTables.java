package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.Column;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.RoundTrip;
import ai.mavster.credits.ledger.RunPostings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The runs' tables: {@code run}, {@code run_request} and {@code run_action}. */
final class RunTables {

    /** For {@link #run}. */
    static final String COLUMNS = """
            r.account_id, r.run_id, r.status, r.reason, r.workspace_id, r.project_id, r.test_id, r.parent_run_id, r.estimated,
            r.spent, r.nested_spent, r.hold_id, r.hold_amount, r.captured, r.released, r.hold_seconds, r.hold_expires_at,
            r.started_at, r.finished_at
            """;

    /** Goes from the runs named in {@code asked} to those above them, key by key whatever the planner thinks of a small table. */
    private static final String UP = """
            , up AS (
                SELECT r.account_id, r.run_id, r.parent_run_id
                FROM asked CROSS JOIN LATERAL (SELECT * FROM run WHERE run.account_id = asked.account_id
                                               AND run.run_id = asked.run_id LIMIT 1) r
                UNION
                SELECT p.account_id, p.run_id, p.parent_run_id
                FROM up CROSS JOIN LATERAL (SELECT * FROM run WHERE run.account_id = up.account_id
                                            AND run.run_id = up.parent_run_id LIMIT 1) p)
            SELECT\s""" + COLUMNS
            + " FROM up CROSS JOIN LATERAL"
            + " (SELECT * FROM run WHERE run.account_id = up.account_id AND run.run_id = up.run_id LIMIT 1) r";

    private RunTables() {}

    /** The runs of these accounts with holds that expire by an instant of each. */
    static void readExpiring(
            RoundTrip reads, Collection<String> accountIds, Function<String, Instant> by, Consumer<Run> found) {
        reads.query(
                "SELECT " + COLUMNS
                        + " FROM unnest(?::text[], ?::timestamptz[]) AS k (account_id, by)"
                        + " JOIN run r ON r.account_id = k.account_id AND r.hold_open AND r.hold_expires_at <= k.by",
                List.of(Column.text(accountIds), Column.instant(accountIds, by)),
                row -> found.accept(run(row, 1)));
    }

    /** These runs and those above them. */
    static void readUpFrom(RoundTrip reads, Set<Runs.Key> runs, Consumer<Run> found) {
        if (!runs.isEmpty()) {
            reads.query(
                    "WITH RECURSIVE asked AS (SELECT * FROM unnest(?::text[], ?::text[]) AS k (account_id, run_id))"
                            + UP,
                    List.of(Column.text(runs, Runs.Key::accountId), Column.text(runs, Runs.Key::runId)),
                    row -> found.accept(run(row, 1)));
        }
    }

    /** The runs whose debits are to be reversed, and those above them. */
    static void readUpFromDebits(RoundTrip reads, List<Command.Reversal> reversals, Consumer<Run> found) {
        if (!reversals.isEmpty()) {
            reads.query(
                    "WITH RECURSIVE asked AS (" + RunPostings.OF_DEBITS + ")" + UP,
                    List.of(
                            Column.text(reversals, Command.Reversal::accountId),
                            Column.uuid(reversals, Command.Reversal::debitId)),
                    row -> found.accept(run(row, 1)));
        }
    }

    /** What was spent in the name of these runs, if anything. */
    static void readSpent(RoundTrip reads, Set<Runs.Key> runs, BiConsumer<Runs.Key, Credits> found) {
        if (!runs.isEmpty()) {
            reads.query(
                    RunPostings.SPENT,
                    List.of(Column.text(runs, Runs.Key::accountId), Column.text(runs, Runs.Key::runId)),
                    row -> found.accept(new Runs.Key(row.getString(1), row.getString(2)), new Credits(row.getLong(3))));
        }
    }

    static void readRequests(RoundTrip reads, Set<Runs.RequestKey> keys, Consumer<RunWork.Request> found) {
        if (!keys.isEmpty()) {
            reads.query(
                    """
                    SELECT q.idempotency_key, q.fingerprint,
                           r.account_id, r.run_id, 'running', q.reason, r.workspace_id, r.project_id, r.test_id, r.parent_run_id,
                           r.estimated, q.spent, q.nested_spent, CASE WHEN q.hold_amount > 0 THEN r.hold_id END, q.hold_amount,
                           q.captured, q.released, r.hold_seconds, q.hold_expires_at, r.started_at, NULL::timestamptz
                    FROM unnest(?::text[], ?::text[]) AS k (account_id, idempotency_key)
                    CROSS JOIN LATERAL (SELECT * FROM run_request WHERE run_request.account_id = k.account_id
                                        AND run_request.idempotency_key = k.idempotency_key LIMIT 1) q
                    CROSS JOIN LATERAL (SELECT * FROM run WHERE run.account_id = q.account_id AND run.run_id = q.run_id LIMIT 1) r""",
                    List.of(
                            Column.text(keys, Runs.RequestKey::accountId),
                            Column.text(keys, Runs.RequestKey::idempotencyKey)),
                    row -> found.accept(
                            new RunWork.Request(row.getString(3), row.getString(1), row.getBytes(2), run(row, 3))));
        }
    }

    /** A row of {@link #COLUMNS}, from a column on. */
    static Run run(ResultSet row, int from) throws SQLException {
        String reason = row.getString(from + 3);
        long estimated = row.getLong(from + 8);
        boolean isEstimated = !row.wasNull();
        return new Run(
                row.getString(from),
                row.getString(from + 1),
                Run.Status.of(row.getString(from + 2)),
                reason == null ? null : Refusal.Code.valueOf(reason.toUpperCase(Locale.ROOT)),
                row.getString(from + 4),
                row.getString(from + 5),
                row.getString(from + 6),
                row.getString(from + 7),
                isEstimated ? new Credits(estimated) : null,
                new Credits(row.getLong(from + 9)),
                new Credits(row.getLong(from + 10)),
                hold(row, from + 11),
                row.getTimestamp(from + 17).toInstant(),
                instant(row, from + 18));
    }

    private static @Nullable Hold hold(ResultSet row, int from) throws SQLException {
        UUID holdId = row.getObject(from, UUID.class);
        return holdId == null
                ? null
                : new Hold(
                        holdId,
                        new Credits(row.getLong(from + 1)),
                        new Credits(row.getLong(from + 2)),
                        new Credits(row.getLong(from + 3)),
                        Duration.ofSeconds(row.getLong(from + 4)),
                        row.getTimestamp(from + 5).toInstant());
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static <V> @Nullable V ofHold(Run run, Function<Hold, V> value) {
        return run.hold() == null ? null : value.apply(run.hold());
    }

    private static Credits creditsOfHold(Run run, Function<Hold, Credits> value) {
        return run.hold() == null ? Credits.ZERO : value.apply(run.hold());
    }

    private static @Nullable String reason(Run run) {
        return run.reason() == null ? null : run.reason().name().toLowerCase(Locale.ROOT);
    }

    static void writeRuns(RoundTrip writes, Collection<Run> runs) {
        writes.write(
                """
                INSERT INTO run (account_id, run_id, status, reason, workspace_id, project_id, test_id, parent_run_id, estimated, spent,
                                 nested_spent, hold_id, hold_amount, captured, released, hold_seconds, hold_expires_at, started_at,
                                 finished_at)
                SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                                     ?::bigint[], ?::bigint[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                                     ?::timestamptz[], ?::timestamptz[], ?::timestamptz[])
                ON CONFLICT (account_id, run_id) DO UPDATE SET
                    status = excluded.status, reason = excluded.reason, workspace_id = excluded.workspace_id,
                    project_id = excluded.project_id, test_id = excluded.test_id, parent_run_id = excluded.parent_run_id,
                    estimated = excluded.estimated, spent = excluded.spent, nested_spent = excluded.nested_spent,
                    hold_id = excluded.hold_id, hold_amount = excluded.hold_amount, captured = excluded.captured,
                    released = excluded.released, hold_seconds = excluded.hold_seconds, hold_expires_at = excluded.hold_expires_at,
                    started_at = excluded.started_at, finished_at = excluded.finished_at""",
                List.of(
                        Column.text(runs, Run::accountId),
                        Column.text(runs, Run::runId),
                        Column.text(runs, run -> run.status().id()),
                        Column.text(runs, RunTables::reason),
                        Column.text(runs, Run::workspaceId),
                        Column.text(runs, Run::projectId),
                        Column.text(runs, Run::testId),
                        Column.text(runs, Run::parentRunId),
                        Column.credits(runs, Run::estimated),
                        Column.credits(runs, Run::spent),
                        Column.credits(runs, Run::nestedSpent),
                        Column.uuid(runs, run -> ofHold(run, Hold::holdId)),
                        Column.credits(runs, run -> creditsOfHold(run, Hold::amount)),
                        Column.credits(runs, run -> creditsOfHold(run, Hold::captured)),
                        Column.credits(runs, run -> creditsOfHold(run, Hold::released)),
                        Column.bigints(
                                runs, run -> ofHold(run, hold -> hold.lasts().toSeconds())),
                        Column.instant(runs, run -> ofHold(run, Hold::expiresAt)),
                        Column.instant(runs, Run::startedAt),
                        Column.instant(runs, Run::finishedAt)),
                runs.size());
    }

    static void writeRequests(RoundTrip writes, List<RunWork.Request> requests) {
        writes.write(
                """
                INSERT INTO run_request (account_id, idempotency_key, fingerprint, run_id, reason, spent, nested_spent, hold_amount,
                                         captured, released, hold_expires_at)
                SELECT * FROM unnest(?::text[], ?::text[], ?::bytea[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[],
                                     ?::bigint[], ?::bigint[], ?::timestamptz[])""",
                List.of(
                        Column.text(requests, RunWork.Request::accountId),
                        Column.text(requests, RunWork.Request::idempotencyKey),
                        Column.bytes(requests, RunWork.Request::fingerprint),
                        Column.text(requests, request -> request.run().runId()),
                        Column.text(requests, request -> reason(request.run())),
                        Column.credits(requests, request -> request.run().spent()),
                        Column.credits(requests, request -> request.run().nestedSpent()),
                        Column.credits(requests, request -> creditsOfHold(request.run(), Hold::amount)),
                        Column.credits(requests, request -> creditsOfHold(request.run(), Hold::captured)),
                        Column.credits(requests, request -> creditsOfHold(request.run(), Hold::released)),
                        Column.instant(requests, request -> ofHold(request.run(), Hold::expiresAt))),
                requests.size());
    }

    static void writeEstimates(RoundTrip writes, List<RunWork.Estimated> estimates) {
        writes.write(
                """
                INSERT INTO run_action (account_id, run_id, action, estimated, spent, debits)
                SELECT c.account_id, c.run_id, c.action, c.estimated, 0, 0
                FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[]) AS c (account_id, run_id, action, estimated)
                ON CONFLICT (account_id, run_id, action) DO UPDATE SET estimated = excluded.estimated""",
                List.of(
                        Column.text(estimates, estimate -> estimate.run().accountId()),
                        Column.text(estimates, estimate -> estimate.run().runId()),
                        Column.text(estimates, estimate -> estimate.cost().action()),
                        Column.credits(estimates, estimate -> estimate.cost().credits())),
                estimates.size());
    }

    /** What runs that are over have cost, by action; also of what they were only estimated to do. Run by run, as {@link RunPostings}. */
    static void writeCosts(RoundTrip writes, List<Run> finished) {
        List<Column> columns = List.of(
                Column.text(finished, Run::accountId),
                Column.text(finished, Run::runId),
                Column.instant(finished, Run::finishedAt));
        writes.write("""
                INSERT INTO run_action (account_id, run_id, action, spent, debits, finished_at)
                SELECT k.account_id, k.run_id, a.action, 0, 0, k.finished_at
                FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS k (account_id, run_id, finished_at)
                CROSS JOIN LATERAL (SELECT action FROM run_action WHERE run_action.account_id = k.account_id
                                    AND run_action.run_id = k.run_id OFFSET 0) a
                ON CONFLICT (account_id, run_id, action) DO UPDATE SET finished_at = excluded.finished_at""", columns);
        writes.write(
                """
                INSERT INTO run_action (account_id, run_id, action, spent, debits, quantity, finished_at)
                SELECT s.account_id, s.run_id, s.action, s.spent, s.debits, s.quantity, k.finished_at
                FROM (""" + RunPostings.BY_ACTION + """
                ) s
                JOIN unnest(?::text[], ?::text[], ?::timestamptz[]) AS k (account_id, run_id, finished_at) USING (account_id, run_id)
                ON CONFLICT (account_id, run_id, action) DO UPDATE SET
                    spent = excluded.spent, debits = excluded.debits, quantity = excluded.quantity,
                    finished_at = excluded.finished_at""",
                List.of(columns.get(0), columns.get(1), columns.get(0), columns.get(1), columns.get(2)));
    }
}
