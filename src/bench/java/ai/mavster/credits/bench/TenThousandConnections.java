package ai.mavster.credits.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;

/**
 * Ten thousand connections, on each of which one debit is sent, all at once: the service may turn some away, and must
 * not fall over.
 */
final class TenThousandConnections implements Scenario {

    private static final int WISHED = 10_000;

    @Override
    public void run(Stage stage) throws SQLException, IOException {
        Accounts hot = stage.open(LedgerAccounts.ofTheService(), "crowd", 1);
        Accounts many = stage.open(LedgerAccounts.ofTheService(), "many", Stage.MANY);
        int connections = Math.min(WISHED, OpenFiles.most());
        Report report = stage.report();
        try (MemoryWatch watch = new MemoryWatch(stage.service())) {
            ManyConnections crowd =
                    new ManyConnections(stage.load().vertx(), stage.service().port(), connections);
            crowd.connect();
            Map<ManyConnections.Answer, Long> answers = crowd.debit(hot, many);
            crowd.close();
            report.fact(connections + " connections, a debit on each at once", answers);
            report.fact(connections + " connections, seconds until all were answered", crowd.seconds());
            report.fact(connections + " connections, memory of the service", watch.peak());
            long other = answers.getOrDefault(ManyConnections.Answer.OTHER, 0L);
            stage.failures().unless(other == 0, () -> "Of " + connections + " connections: " + answers + crowd.first());
            report.add(Aim.atMost(
                    0, connections + " connections: neither a 201 nor a 503 with Retry-After", (double) other));
        }
        Traffic balance = Questions.balances("/v1", hot, Draw.always(0));
        Sample after = stage.load().each(balance, 1, 1);
        stage.failures().unless(after.operations() == 1, () -> "The service does not answer after the crowd");
    }
}
