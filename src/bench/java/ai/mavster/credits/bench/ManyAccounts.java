package ai.mavster.credits.bench;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Debits on ten thousand accounts: all alike, and some much busier than others. */
final class ManyAccounts implements Scenario {

    private static final int[] CLIENTS = {64, 256};

    @Override
    public void run(Stage stage) throws SQLException {
        Accounts ours = stage.open(LedgerAccounts.ofTheService(), "many", Stage.MANY);
        Accounts perDebit = stage.open(new RivalAccounts(), "many-per-debit", Stage.MANY);
        Accounts singleStatement = stage.open(new RivalAccounts(), "many-single-statement", Stage.MANY);
        stage.analyze();
        for (boolean uniform : new boolean[] {true, false}) {
            String name = uniform ? "many, uniform" : "many, Zipf";
            IntFunction<Draw> draw = uniform ? Draw::uniform : Draw::zipf;
            Map<Subject, Traffic> contenders = new EnumMap<>(Subject.class);
            contenders.put(Subject.OURS, debits("/v1", ours, draw));
            contenders.put(Subject.PER_DEBIT, debits("/bench/per-debit", perDebit, draw));
            contenders.put(Subject.SINGLE_STATEMENT, debits("/bench/single-statement", singleStatement, draw));
            contenders.put(Subject.LIMIT, debits("/bench/nothing", new Accounts("nothing", Stage.MANY), draw));
            stage.warmUp(contenders);
            for (int clients : CLIENTS) {
                stage.closed(name, clients, contenders);
            }
            Report report = stage.report();
            report.add(Aim.atLeast(
                    2,
                    name + ": peak rate / per debit",
                    report.peak(name, Subject.OURS) / report.peak(name, Subject.PER_DEBIT)));
        }
    }

    private static Traffic debits(String base, Accounts accounts, IntFunction<Draw> draw) {
        return new Debits(base, accounts, draw.apply(accounts.size()));
    }
}
