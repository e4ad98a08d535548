package ai.mavster.credits.bench;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** Balances and preflights, which write nothing. */
final class Reads implements Scenario {

    private static final String BALANCES = "balance reads";
    private static final String PREFLIGHTS = "preflights";
    private static final int[] CLIENTS = {16, 64, 256};

    @Override
    public void run(Stage stage) throws SQLException {
        Accounts accounts = stage.open(LedgerAccounts.ofTheService(), "many", Stage.MANY);
        stage.analyze();
        Map<Subject, Traffic> balances = new EnumMap<>(Subject.class);
        balances.put(Subject.OURS, Questions.balances("/v1", accounts, Draw.uniform(Stage.MANY)));
        balances.put(Subject.LIMIT, Questions.balances("/bench/nothing", accounts, Draw.uniform(Stage.MANY)));
        measure(stage, BALANCES, balances);
        Map<Subject, Traffic> preflights = new EnumMap<>(Subject.class);
        preflights.put(Subject.OURS, Questions.preflights(accounts, Draw.uniform(Stage.MANY)));
        preflights.put(
                Subject.LIMIT,
                new Debits("/bench/nothing", new Accounts("nothing", Stage.MANY), Draw.uniform(Stage.MANY)));
        measure(stage, PREFLIGHTS, preflights);
        Report report = stage.report();
        report.add(Aim.atLeast(
                0.6,
                BALANCES + ": peak rate / do-nothing",
                report.peak(BALANCES, Subject.OURS) / report.peak(BALANCES, Subject.LIMIT)));
    }

    private static void measure(Stage stage, String name, Map<Subject, Traffic> contenders) throws SQLException {
        stage.warmUp(contenders);
        for (int clients : CLIENTS) {
            stage.closed(name, clients, contenders);
        }
    }
}
