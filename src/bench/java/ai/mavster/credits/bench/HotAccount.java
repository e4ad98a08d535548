package ai.mavster.credits.bench;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** Everybody debits one account. */
final class HotAccount implements Scenario {

    private static final String NAME = "hot account";
    /**
     * The lone client last: what is measured first is compiled least, and it has the fewest requests to wait for that.
     */
    private static final int[] CLIENTS = {256, 64, 16, 1};

    private static final double[] SHARES_OF_PEAK = {0.25, 0.5, 0.75};

    @Override
    public void run(Stage stage) throws SQLException {
        Traffic ours = debits("/v1", stage.open(LedgerAccounts.ofTheService(), "hot", 1));
        Map<Subject, Traffic> contenders = new EnumMap<>(Subject.class);
        contenders.put(Subject.OURS, ours);
        contenders.put(
                Subject.PER_DEBIT, debits("/bench/per-debit", stage.open(new RivalAccounts(), "hot-per-debit", 1)));
        contenders.put(
                Subject.SINGLE_STATEMENT,
                debits("/bench/single-statement", stage.open(new RivalAccounts(), "hot-single-statement", 1)));
        contenders.put(Subject.LIMIT, debits("/bench/nothing", new Accounts("hot-nothing", 1)));
        stage.analyze();
        stage.warmUp(contenders);
        for (int clients : CLIENTS) {
            stage.closed(NAME, clients, contenders);
        }
        Report report = stage.report();
        double peak = report.peak(NAME, Subject.OURS);
        report.add(Aim.atLeast(10, NAME + ": peak rate / per debit", peak / report.peak(NAME, Subject.PER_DEBIT)));
        report.add(Aim.atLeast(0.5, NAME + ": peak rate / do-nothing", peak / report.peak(NAME, Subject.LIMIT)));
        report.add(Aim.atMost(
                1.1,
                "lone client: p50 / per debit",
                report.p50(NAME, Subject.OURS, "closed 1") / report.p50(NAME, Subject.PER_DEBIT, "closed 1")));
        for (double share : SHARES_OF_PEAK) {
            Figure figure = stage.open(NAME, peak * share, ours);
            if (share == 0.5) {
                report.add(Aim.atMost(
                        4,
                        NAME + ": p99 / p50 at half the peak rate",
                        figure.latency().p99() / figure.latency().p50()));
            }
        }
    }

    private static Traffic debits(String base, Accounts accounts) {
        return new Debits(base, accounts, Draw.always(0));
    }
}
