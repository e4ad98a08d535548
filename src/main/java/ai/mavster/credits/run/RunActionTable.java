package ai.mavster.credits.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.posting.RunPostings;
import ai.mavster.credits.run.RunTable.RunKey;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.Table;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The table {@code run_action}, as the ledger's transactions read and write it. */
final class RunActionTable {

    /**
     * What a run was estimated to cost by one action, and has cost.
     *
     * @param estimated null: it was not
     * @param finishedAt null: it is not over
     */
    record ActionCost(
            RunKey run,
            String action,
            @Nullable Credits estimated,
            Credits spent,
            long debits,
            BigDecimal quantity,
            @Nullable Instant finishedAt) {}

    private static final Table<ActionCost> RUN_ACTION = Table.<ActionCost>named("run_action")
            .key(Column.text("account_id", cost -> cost.run.accountId()))
            .key(Column.text("run_id", cost -> cost.run.runId()))
            .key(Column.text("action", ActionCost::action))
            .changing(Column.credits("estimated", ActionCost::estimated))
            .counted(Column.credits("spent", ActionCost::spent))
            .counted(Column.bigint("debits", ActionCost::debits))
            .counted(Column.numeric("quantity", ActionCost::quantity))
            .changing(Column.instant("finished_at", ActionCost::finishedAt))
            .withChecksum();

    /** For what is debited and given back once a run is over: added to what there is, whatever that is. */
    private static final Table<ActionCost> LATE = RUN_ACTION.addingTo("spent", "debits", "quantity");

    private static final Lookup<RunKey> SPENT_BY_ACTION = Lookup.by(RunTable.KEYS, RunPostings::byAction);

    private static final Lookup<RunKey> ACTIONS =
            Lookup.by(RunTable.KEYS, keys -> """
                    SELECT %s FROM %s
                    CROSS JOIN LATERAL (SELECT * FROM run_action WHERE run_action.account_id = %s
                                        AND run_action.run_id = k.run_id OFFSET 0) a""".formatted(RUN_ACTION.select("a"), keys.rows(), keys.account()));

    private static final Lookup<String> ACTIONS_OF_OPEN = Lookup.by(
            List.of(Column.text("account_id")),
            keys -> "SELECT %s FROM run_action a JOIN (SELECT r.account_id, r.run_id %s) k USING (account_id, run_id)"
                    .formatted(RUN_ACTION.select("a"), RunTable.OPEN.formatted(keys.only())));

    private static final Lookup<String> SPENT_OF_OPEN = Lookup.by(
            List.of(Column.text("account_id")),
            keys -> RunPostings.byAction(
                    "(SELECT r.account_id, r.run_id " + RunTable.OPEN.formatted(keys.only()) + ") k", "k.account_id"));

    private RunActionTable() {}

    static Table<ActionCost> table() {
        return RUN_ACTION;
    }

    /** What these runs were estimated to cost by action, and what they have cost so far. */
    static void read(RoundTrip reads, Set<RunKey> runs, Consumer<ActionCost> estimated, Consumer<ActionCost> spent) {
        ACTIONS.in(reads, runs, row -> estimated.accept(action(row)));
        SPENT_BY_ACTION.in(reads, runs, row -> spent.accept(spent(row)));
    }

    /** The same of all of accounts that run or wait for credits. */
    static void readOpen(
            RoundTrip reads, Set<String> accountIds, Consumer<ActionCost> estimated, Consumer<ActionCost> spent) {
        ACTIONS_OF_OPEN.in(reads, accountIds, row -> estimated.accept(action(row)));
        SPENT_OF_OPEN.in(reads, accountIds, row -> spent.accept(spent(row)));
    }

    private static ActionCost action(Row row) throws SQLException {
        return new ActionCost(
                new RunKey(row.text(), row.text()),
                row.text(),
                row.creditsOrNull(),
                row.credits(),
                row.bigint(),
                row.numeric(),
                row.instantOrNull());
    }

    private static ActionCost spent(Row row) throws SQLException {
        return new ActionCost(
                new RunKey(row.text(), row.text()), row.text(), null, row.credits(), row.bigint(), row.numeric(), null);
    }

    static void write(RoundTrip writes, Collection<ActionCost> costs) {
        RUN_ACTION.upsert(writes, costs);
    }

    /** Adds what runs have spent since they were over; after {@link #write}. */
    static void writeLate(RoundTrip writes, Collection<ActionCost> debited, Collection<ActionCost> reversed) {
        LATE.upsert(writes, debited);
        LATE.add(writes, reversed);
    }
}
