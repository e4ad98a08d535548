package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.Correction;
import ai.mavster.credits.ledger.hold.HoldTable;
import ai.mavster.credits.ledger.posting.RunPostings;
import ai.mavster.credits.run.record.PastRefusals;
import ai.mavster.credits.run.record.QueuePlace;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunWithHold;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.Table;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table {@code run}, as the ledger's transactions read and write it. */
final class RunTable {

    /** A run of an account. */
    record RunKey(String accountId, String runId) {}

    /** What its caller noted beside a run; null: nothing. */
    record Noted(RunKey run, @Nullable Metadata metadata) {}

    private static final Table<Run> RUN = Table.<Run>named("run")
            .key(Column.text("account_id", Run::accountId))
            .key(Column.text("run_id", Run::runId))
            .changing(Column.text("status", run -> run.status().id()))
            .changing(Column.text(
                    "reason", run -> run.reason() == null ? null : run.reason().id()))
            .changing(Column.text("workspace_id", Run::workspaceId))
            .changing(Column.text("project_id", Run::projectId))
            .changing(Column.text("test_id", Run::testId))
            .changing(Column.text("parent_run_id", Run::parentRunId))
            .changing(Column.credits("estimated", Run::estimated))
            .changing(Column.credits("spent", Run::spent))
            .changing(Column.credits("nested_spent", Run::nestedSpent))
            .changing(Column.uuid("hold_id", Run::holdId))
            .changing(Column.instant("started_at", Run::startedAt))
            .changing(Column.instant("finished_at", Run::finishedAt))
            .changing(Column.instant("seen_at", Run::seenAt))
            .changing(Column.bigint("refused", run -> run.refusals().count()))
            .changing(Column.text("refusals", run -> run.refusals().toText()))
            .changing(Column.bigintOrNull("queue_number", RunTable.<Long>place(QueuePlace::number)))
            .changing(Column.instant("queued_at", RunTable.<Instant>place(QueuePlace::since)))
            .changing(Column.instant("queue_expires_at", RunTable.<Instant>place(QueuePlace::expiresAt)))
            .changing(Column.credits("hold_asked", RunTable.<Credits>place(QueuePlace::hold)))
            .changing(Column.bigintOrNull(
                    "hold_asked_seconds",
                    RunTable.<Long>place(place -> place.holdFor().toSeconds())))
            .withChecksum();

    /** The column of {@code run} that debits neither read nor write. */
    private static final Table<Noted> NOTED = Table.<Noted>named("run")
            .key(Column.text("account_id", noted -> noted.run.accountId))
            .key(Column.text("run_id", noted -> noted.run.runId))
            .changing(Column.metadata("metadata", Noted::metadata))
            .declared();

    static final List<Column<RunKey>> KEYS =
            List.of(Column.text("account_id", RunKey::accountId), Column.text("run_id", RunKey::runId));

    private static final Lookup<RunKey> UP_FROM = Lookup.by(
            KEYS, keys -> up("SELECT %s AS account_id, k.run_id FROM %s".formatted(keys.account(), keys.rows()), keys));

    private static final Lookup<Correction.Reversal> UP_FROM_DEBITS = Lookup.by(
            List.of(
                    Column.text("account_id", Correction.Reversal::accountId),
                    Column.uuid("posting_id", Correction.Reversal::debitId)),
            keys -> up(RunPostings.ofDebits(keys), keys));

    private static final Lookup<RunKey> METADATA = Lookup.by(KEYS, keys -> """
            SELECT r.account_id, r.run_id, r.metadata FROM %1$s
            CROSS JOIN LATERAL (SELECT * FROM run WHERE run.account_id = %2$s AND run.run_id = k.run_id LIMIT 1) r
            WHERE r.metadata IS NOT NULL""".formatted(keys.rows(), keys.account()));

    private static final Lookup<RunKey> SPENT = Lookup.by(KEYS, RunPostings::spent);

    /** Runs of accounts that were last seen at an instant, or before. */
    record Silent(String accountId, Instant since) {}

    /** How many silent runs of an account one command ends. */
    private static final int AT_ONCE = 1_000;

    private static final Lookup<Silent> SILENT = Lookup.by(
            List.of(Column.text("account_id", Silent::accountId), Column.instant("since", Silent::since)),
            keys -> """
                    SELECT %s, %s FROM %s
                    CROSS JOIN LATERAL (SELECT * FROM run WHERE run.account_id = %s AND run.status = 'running'
                                        AND run.started_at <= k.since AND run.seen_at <= k.since LIMIT %d) r
                    %s""".formatted(
                    RUN.select("r"), HoldTable.columns(), keys.rows(), keys.account(), AT_ONCE, HoldTable.join("r")));

    /**
     * The accounts with runs that nobody has finished, of which nothing was seen for so long, and that no hold waits
     * for; by the index of what is running. And those with runs that wait for credits in vain.
     */
    static String accountsWithSilentRuns(Duration after) {
        return """
                SELECT r.account_id
                FROM (SELECT t.now, t.now - interval '%d milliseconds' AS since FROM (VALUES (?::timestamptz)) AS t (now)) k
                CROSS JOIN LATERAL (SELECT * FROM run WHERE run.status = 'running'
                                    AND run.started_at <= k.since AND run.seen_at <= k.since
                                    UNION ALL
                                    SELECT * FROM run WHERE run.status = 'queued' AND run.queue_expires_at <= k.now OFFSET 0) r
                %s WHERE r.status = 'queued' OR h.expires_at IS NULL OR h.expires_at <= k.now""".formatted(after.toMillis(), HoldTable.join("r"));
    }

    /** Runs that run or wait, of the accounts that are to be put in. Two queries: each has its own index. */
    static final String OPEN = """
            FROM (SELECT account_id, run_id FROM run WHERE account_id %1$s AND status = 'running'
                  UNION ALL SELECT account_id, run_id FROM run WHERE account_id %1$s AND status = 'queued') r""";

    private static final Lookup<String> RUNNING_RUNS = Lookup.by(
            List.of(Column.text("account_id")),
            keys -> "SELECT %s, %s FROM run r %s WHERE r.account_id %s AND r.status = 'running'"
                    .formatted(RUN.select("r"), HoldTable.columns(), HoldTable.join("r"), keys.only()));

    private static final Lookup<Silent> OVERDUE = Lookup.by(
            List.of(Column.text("account_id", Silent::accountId), Column.instant("since", Silent::since)),
            keys -> """
                    SELECT %s FROM %s
                    CROSS JOIN LATERAL (SELECT * FROM run WHERE run.account_id = %s AND run.status = 'queued'
                                        AND run.queue_expires_at <= k.since LIMIT %d) r""".formatted(RUN.select("r"), keys.rows(), keys.account(), AT_ONCE));

    private static final Lookup<RunKey> SPENT_IF_QUEUED =
            Lookup.by(KEYS, keys -> RunPostings.spent("""
                    (SELECT r.account_id, r.run_id FROM %1$s
                     CROSS JOIN LATERAL (SELECT * FROM run WHERE run.account_id = %2$s AND run.run_id = k.run_id LIMIT 1) r
                     WHERE r.status = 'queued') k""".formatted(keys.rows(), keys.account()), "k.account_id"));

    private static final Lookup<String> SPENT_OF_QUEUE = Lookup.by(
            List.of(Column.text("account_id")),
            keys -> RunPostings.spent(
                    "(SELECT r.account_id, r.run_id FROM run r WHERE r.account_id %s AND r.status = 'queued') k"
                            .formatted(keys.only()),
                    "k.account_id"));

    /** With the runs above them, whose holds they may take over. */
    private static final Lookup<String> QUEUE = Lookup.by(
            List.of(Column.text("account_id")),
            keys -> up(
                    "SELECT q.account_id, q.run_id FROM run q WHERE q.account_id %s AND q.status = 'queued'"
                            .formatted(keys.only()),
                    keys));

    private RunTable() {}

    static Table<Run> runs() {
        return RUN;
    }

    /**
     * Goes from runs to those above them, key by key whatever the planner thinks of a small table; each with its hold.
     */
    private static String up(String asked, Lookup.Keys keys) {
        return """
                WITH RECURSIVE asked AS (%1$s), up AS (
                    SELECT r.account_id, r.run_id, r.parent_run_id
                    FROM asked CROSS JOIN LATERAL (SELECT * FROM run WHERE run.account_id = %2$s
                                                   AND run.run_id = asked.run_id LIMIT 1) r
                    UNION
                    SELECT p.account_id, p.run_id, p.parent_run_id
                    FROM up CROSS JOIN LATERAL (SELECT * FROM run WHERE run.account_id = %3$s
                                                AND run.run_id = up.parent_run_id LIMIT 1) p)
                SELECT %4$s, %5$s
                FROM up CROSS JOIN LATERAL (SELECT * FROM run WHERE run.account_id = %3$s AND run.run_id = up.run_id LIMIT 1) r
                %6$s""".formatted(
                        asked,
                        keys.accountOr("asked.account_id"),
                        keys.accountOr("up.account_id"),
                        RUN.select("r"),
                        HoldTable.columns(),
                        HoldTable.join("r"));
    }

    /** These runs and those above them. */
    static void readUpFrom(RoundTrip reads, Set<RunKey> runs, Consumer<RunWithHold> found) {
        UP_FROM.in(reads, runs, row -> found.accept(read(row)));
    }

    /** Running ones that were not seen since, with their holds. */
    static void readSilent(RoundTrip reads, List<Silent> silent, Consumer<RunWithHold> found) {
        SILENT.in(reads, silent, row -> found.accept(read(row)));
    }

    /** Those that have waited for credits until then, in vain. */
    static void readOverdue(RoundTrip reads, List<Silent> until, Consumer<Run> found) {
        OVERDUE.in(reads, until, row -> found.accept(run(row)));
    }

    /** All that wait for credits, and those above them. */
    static void readQueue(RoundTrip reads, Set<String> accountIds, Consumer<RunWithHold> found) {
        QUEUE.in(reads, accountIds, row -> found.accept(read(row)));
    }

    /** The runs whose debits are to be reversed, and those above them. */
    static void readUpFromDebits(RoundTrip reads, List<Correction.Reversal> reversals, Consumer<RunWithHold> found) {
        UP_FROM_DEBITS.in(reads, reversals, row -> found.accept(read(row)));
    }

    /** What was noted beside these runs, if anything. */
    static void readNoted(RoundTrip reads, Set<RunKey> runs, BiConsumer<RunKey, Metadata> found) {
        METADATA.in(reads, runs, row -> {
            RunKey run = new RunKey(row.text(), row.text());
            Metadata metadata = row.metadataOrNull();
            if (metadata != null) {
                found.accept(run, metadata);
            }
        });
    }

    /** What was spent in the name of these runs, if anything. */
    static void readSpent(RoundTrip reads, Set<RunKey> runs, BiConsumer<RunKey, Credits> found) {
        SPENT.in(reads, runs, row -> found.accept(new RunKey(row.text(), row.text()), row.credits()));
    }

    /** The same of those that wait for credits: among these runs, and of these accounts. */
    static void readSpentOfQueued(
            RoundTrip reads, Set<RunKey> runs, Set<String> accountIds, BiConsumer<RunKey, Credits> found) {
        SPENT_IF_QUEUED.in(reads, runs, row -> found.accept(new RunKey(row.text(), row.text()), row.credits()));
        SPENT_OF_QUEUE.in(reads, accountIds, row -> found.accept(new RunKey(row.text(), row.text()), row.credits()));
    }

    /** All that run of accounts that are to be closed, with their holds: when silent ones were given up, these decide. */
    static void readRunning(RoundTrip reads, Set<String> accountIds, Consumer<RunWithHold> found) {
        RUNNING_RUNS.in(reads, accountIds, row -> found.accept(read(row)));
    }

    private static RunWithHold read(Row row) throws SQLException {
        return new RunWithHold(run(row), HoldTable.read(row));
    }

    private static Run run(Row row) throws SQLException {
        String accountId = row.text();
        String runId = row.text();
        Run.Status status = EnumId.parse(Run.Status.class, row.text());
        String reason = row.textOrNull();
        return new Run(
                accountId,
                runId,
                status,
                reason == null ? null : EnumId.parse(Refusal.Code.class, reason),
                row.textOrNull(),
                row.textOrNull(),
                row.textOrNull(),
                row.textOrNull(),
                row.creditsOrNull(),
                row.credits(),
                row.credits(),
                row.uuidOrNull(),
                row.instant(),
                row.instantOrNull(),
                row.instant(),
                PastRefusals.of(row.bigint(), row.textOrNull()),
                queue(row));
    }

    private static <T> Function<Run, @Nullable T> place(Function<QueuePlace, @Nullable T> value) {
        return run -> run.queue() == null ? null : value.apply(run.queue());
    }

    private static @Nullable QueuePlace queue(Row row) throws SQLException {
        Long number = row.bigintOrNull();
        Instant since = row.instantOrNull();
        Instant expiresAt = row.instantOrNull();
        Credits hold = row.creditsOrNull();
        Long holdSeconds = row.bigintOrNull();
        return number == null || since == null || expiresAt == null || holdSeconds == null
                ? null
                : new QueuePlace(number, since, expiresAt, hold, Duration.ofSeconds(holdSeconds));
    }

    /**
     * @param present whether all of them are there already
     */
    static void writeRuns(RoundTrip writes, Collection<Run> runs, boolean present) {
        if (present && !runs.isEmpty()) {
            RUN.update(writes, runs);
        } else {
            RUN.upsert(writes, runs);
        }
    }

    /** Of a run that is there; one at a time, since few start at once, and fewer with metadata. */
    static void writeNoted(RoundTrip writes, Noted noted) {
        NOTED.update(writes, List.of(noted));
    }
}
