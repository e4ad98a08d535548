package ai.mavster.credits.bench;

import ai.mavster.credits.ledger.History;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * What honest callers lose to hostile ones, who share the machine with the service, its database and the load. Each
 * window of the one is followed by one of the other.
 */
final class Hostile implements Scenario {

    private static final int PAST = 1_000_000;
    private static final int CLIENTS = 64;

    /** Of the rate that is reached in peace. */
    private static final double SHARE_OF_PEAK = 0.25;

    @Override
    public void run(Stage stage) throws SQLException {
        Accounts honest = stage.open(LedgerAccounts.ofTheService(), "many", Stage.MANY);
        Accounts hostile = stage.open(LedgerAccounts.ofTheService(), "hostile", 1);
        Report.say("Writing a past of " + PAST + " entries");
        try (Connection connection = stage.database().connect()) {
            History.append(connection, hostile.id(0), PAST, Debits.MILLIONTHS_EACH);
        }
        hostile.confirm(0, PAST);
        stage.analyze();
        Traffic debits = new Debits("/v1", honest, Draw.uniform(Stage.MANY));
        Traffic balances = Questions.balances("/v1", honest, Draw.uniform(Stage.MANY));
        stage.warmUp(Map.of(Subject.OURS, debits));
        stage.warmUp(Map.of(Subject.OURS, balances));
        compare(stage, hostile, "debits", debits);
        compare(stage, hostile, "balances", balances);
    }

    private static void compare(Stage stage, Accounts hostile, String what, Traffic traffic) throws SQLException {
        List<Figure> peak = stage.compare(List.of(
                closed(stage, "in peace, " + what, traffic),
                under(stage, hostile, closed(stage, "under attack, " + what, traffic))));
        double perSecond = peak.get(0).perSecond() * SHARE_OF_PEAK;
        List<Figure> quarter = stage.compare(List.of(
                open(stage, "in peace, " + what, perSecond, traffic),
                under(stage, hostile, open(stage, "under attack, " + what, perSecond, traffic))));
        Report report = stage.report();
        report.fact(
                "under attack, " + what + ": peak rate / in peace",
                peak.get(1).perSecond() / peak.get(0).perSecond());
        report.add(Aim.atLeast(
                0.9,
                "under attack, " + what + ": rate at a quarter of the peak / in peace",
                quarter.get(1).perSecond() / quarter.get(0).perSecond()));
        report.add(Aim.atMost(
                2,
                "under attack, " + what + ": p99 at a quarter of the peak / in peace",
                quarter.get(1).latency().p99() / quarter.get(0).latency().p99()));
    }

    private static Contender closed(Stage stage, String scenario, Traffic traffic) {
        return stage.closed(scenario, Subject.OURS, CLIENTS, traffic);
    }

    private static Contender open(Stage stage, String scenario, double perSecond, Traffic traffic) {
        return new Contender(
                scenario,
                Subject.OURS,
                "open " + Math.round(perSecond) + "/s",
                window -> stage.load().open(traffic, perSecond, window));
    }

    @SuppressWarnings("try") // it is closed, and that is all that is done with it
    private static Contender under(Stage stage, Accounts hostile, Contender contender) {
        return new Contender(contender.scenario(), contender.subject(), contender.load(), window -> {
            try (Attack attack = Attack.on(stage.service(), hostile.id(0))) {
                return contender.turn().run(window);
            }
        });
    }
}
