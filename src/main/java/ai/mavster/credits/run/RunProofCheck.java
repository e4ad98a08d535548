package ai.mavster.credits.run;

import ai.mavster.credits.ledger.proof.Booked;
import ai.mavster.credits.ledger.proof.ProofCheck;
import ai.mavster.credits.ledger.proof.Snapshot;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** Runs are as they were written, have spent what their postings say, and each hold for a run is that run's. */
@Singleton
class RunProofCheck implements ProofCheck {

    /** Not of those that were not allowed to start, or wait to: what was debited in their name is not theirs. */
    private static final String SPENT_SOMETHING_ELSE = """
            SELECT 'run ' || run_id || ' has spent something else'
            FROM (SELECT run_id, CASE kind WHEN 'debit' THEN credits ELSE -credits END AS credits, 0 AS started
                  FROM %s spent WHERE run_id IS NOT NULL
                  UNION ALL SELECT run_id, -spent, 1 FROM run WHERE account_id = ? AND status NOT IN ('hard_failure', 'queued')) moved
            GROUP BY run_id HAVING sum(credits) <> 0 AND sum(started) = 1""".formatted(Booked.SPENDING);

    private static final String NESTED_SPENT_SOMETHING_ELSE = """
            SELECT 'the runs below run ' || run_id || ' have spent something else'
            FROM (SELECT parent_run_id AS run_id, spent + nested_spent AS credits FROM run
                  WHERE account_id = ? AND parent_run_id IS NOT NULL
                  UNION ALL SELECT run_id, -nested_spent FROM run WHERE account_id = ?) moved
            GROUP BY run_id HAVING sum(credits) <> 0""";

    /** Of those that have finished: before, the figures are not kept. */
    private static final String ACTION_COST_SOMETHING_ELSE = """
            SELECT 'action ' || action || ' of run ' || run_id || ' has cost something else'
            FROM (SELECT run_id, action, CASE kind WHEN 'debit' THEN credits ELSE -credits END AS credits,
                         CASE kind WHEN 'debit' THEN 1 ELSE 0 END AS debits,
                         CASE kind WHEN 'debit' THEN coalesce(quantity, 1) ELSE 0 END AS quantity, 0 AS kept
                  FROM %s spent WHERE run_id IS NOT NULL AND action IS NOT NULL
                  UNION ALL SELECT run_id, action, -spent, -debits, -quantity, 1 FROM run_action
                            WHERE account_id = ? AND finished_at IS NOT NULL) cost
            GROUP BY run_id, action HAVING sum(kept) = 1 AND (sum(credits) <> 0 OR sum(debits) <> 0 OR sum(quantity) <> 0)""".formatted(Booked.SPENDING);

    private static final String HOLD_OF_ANOTHER_RUN = """
            SELECT 'hold_' || hold_id || ' is not of run ' || run_id || ' or not for the same'
            FROM (SELECT hold_id, run_id, workspace_id, project_id, test_id, 1 AS held FROM run
                  WHERE account_id = ? AND hold_id IS NOT NULL
                  UNION ALL SELECT hold_id, run_id, workspace_id, project_id, test_id, -1 FROM %s holds) both_sides
            GROUP BY hold_id, run_id, workspace_id, project_id, test_id HAVING sum(held) <> 0""".formatted(Booked.HOLDS_OF_RUNS);

    @Override
    public void check(Snapshot account) throws SQLException {
        account.checksums("runs", RunTable.runs());
        account.checksums("runs", RunActionTable.table());
        account.none("runs", SPENT_SOMETHING_ELSE);
        account.none("runs", NESTED_SPENT_SOMETHING_ELSE);
        account.none("runs", ACTION_COST_SOMETHING_ELSE);
        account.none("runs", HOLD_OF_ANOTHER_RUN);
    }
}
