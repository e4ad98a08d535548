package ai.mavster.credits.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What it costs those who debit one account that ten thousand callers wait for credits of other accounts. */
final class Waiting implements Scenario {

    private static final int CLIENTS = 256;

    @Override
    public void run(Stage stage) throws SQLException, java.io.IOException {
        Accounts hot = stage.open(LedgerAccounts.ofTheService(), "hot", 1);
        Accounts many = stage.open(LedgerAccounts.ofTheService(), "many", Stage.MANY);
        stage.analyze();
        Traffic debits = new Debits("/v1", hot, Draw.always(0));
        stage.load()
                .closed(
                        debits,
                        CLIENTS,
                        Window.after(stage.settings().warmUp(), stage.settings().slice()));
        int waiters = Math.min(Stage.MANY, OpenFiles.most());
        List<Double> alone = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        for (int turn = 0; turn < Stage.SLICES; turn++) {
            alone.add(rate(stage, "hot account, nobody waits", debits));
            ManyConnections crowd =
                    new ManyConnections(stage.load().vertx(), stage.service().port(), waiters);
            crowd.connect();
            crowd.waitFor(many);
            beside.add(rate(stage, "hot account, " + waiters + " wait", debits));
            long answered = crowd.answered();
            stage.failures()
                    .unless(answered == 0, () -> answered + " of those who wait were answered: " + crowd.first());
            crowd.close();
        }
        stage.report().add(Aim.atLeast(0.9, waiters + " wait: rate / nobody", sum(beside) / sum(alone)));
    }

    private static double rate(Stage stage, String scenario, Traffic debits) throws SQLException {
        return stage.compare(List.of(stage.closed(scenario, Subject.OURS, CLIENTS, debits)))
                .get(0)
                .perSecond();
    }

    private static double sum(List<Double> rates) {
        return rates.stream().mapToDouble(Double::doubleValue).sum();
    }
}
