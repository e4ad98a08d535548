package ai.mavster.credits.bench;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Two hundred debits a request, beside the same rows in plain JDBC batches of two hundred. */
final class Bulk implements Scenario {

    private static final String NAME = "bulk";
    private static final int RIVALS_CLIENTS = 64;

    @Override
    public void run(Stage stage) throws SQLException {
        Traffic ours =
                new BulkDebits(stage.open(LedgerAccounts.ofTheService(), "many", Stage.MANY), Draw.uniform(Stage.MANY));
        Traffic perDebit = new Debits(
                "/bench/per-debit",
                stage.open(new RivalAccounts(), "many-per-debit", Stage.MANY),
                Draw.uniform(Stage.MANY));
        PlainBatches batches = new PlainBatches(
                stage.database(), stage.open(LedgerAccounts.unchained(), "plain-batches", Stage.MANY), Draw::uniform);
        stage.analyze();
        stage.warmUp(Map.of(Subject.OURS, ours));
        stage.compare(List.of(
                stage.closed(NAME, Subject.OURS, 1, ours),
                stage.closed(NAME, Subject.OURS, 4, ours),
                stage.closed(NAME, Subject.OURS, 16, ours),
                stage.closed(NAME, Subject.PER_DEBIT, RIVALS_CLIENTS, perDebit),
                new Contender(NAME, Subject.LIMIT, "JDBC, 1 thread", window -> batches.run(1, window)),
                new Contender(NAME, Subject.LIMIT, "JDBC, 2 threads", window -> batches.run(2, window))));
        Report report = stage.report();
        report.add(Aim.atLeast(
                0.6,
                NAME + ": peak rate / plain JDBC",
                report.peak(NAME, Subject.OURS) / report.peak(NAME, Subject.LIMIT)));
    }
}
