package ai.mavster.credits.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What debits and balances cost by how many grants of the account are open: the same, however many they do not touch.
 */
final class ManyGrants implements Scenario {

    private static final int[] GRANTS = {1, 1_000, 100_000};
    private static final int CLIENTS = 64;

    @Override
    public void run(Stage stage) throws SQLException {
        List<Accounts> accounts = new ArrayList<>();
        for (int grants : GRANTS) {
            accounts.add(stage.open(new Store(grants - 1), "grants-" + grants, 1));
        }
        stage.analyze();
        List<Contender> debits = new ArrayList<>();
        List<Contender> balances = new ArrayList<>();
        for (int i = 0; i < GRANTS.length; i++) {
            String name = "%d open grants, ".formatted(GRANTS[i]);
            Traffic debit = new Debits("/v1", accounts.get(i), Draw.always(0));
            stage.warmUp(Map.of(Subject.OURS, debit));
            debits.add(stage.closed(name + "debits", Subject.OURS, CLIENTS, debit));
            balances.add(stage.closed(
                    name + "balances",
                    Subject.OURS,
                    CLIENTS,
                    Questions.balances("/v1", accounts.get(i), Draw.always(0))));
        }
        compare(stage, "debits", debits);
        compare(stage, "balances", balances);
    }

    private static void compare(Stage stage, String what, List<Contender> contenders) throws SQLException {
        List<Figure> figures = stage.compare(contenders);
        double ratio =
                figures.get(GRANTS.length - 1).perSecond() / figures.get(0).perSecond();
        stage.report().add(Aim.atLeast(0.9, "100,000 open grants, " + what + ": rate / with one", ratio));
    }

    /** The service's own account, which gets further credits, one each. */
    private record Store(int more) implements AccountStore {

        private static final int CLIENTS = 64;

        @Override
        public void open(Stage stage, Accounts accounts) throws SQLException {
            LedgerAccounts.ofTheService().open(stage, accounts);
            stage.load().each(new SmallTopUps(accounts), more, CLIENTS);
        }

        @Override
        public void check(Stage stage, Accounts accounts) throws SQLException {
            String accountId = accounts.id(0);
            stage.database()
                    .query(
                            row -> AccountStore.compare(
                                    stage.failures(),
                                    accounts,
                                    accountId,
                                    row.getLong(1),
                                    row.getLong(2) - more * MILLIONTHS),
                            """
                SELECT (SELECT count(*) FROM posting p WHERE p.account_id = b.account_id AND p.kind = 'debit'), b.balance
                FROM account_balance b WHERE b.account_id = ?""",
                            accountId);
            stage.load().each(Proofs.of(accounts), 1, 1);
        }
    }

    private record SmallTopUps(Accounts accounts) implements Traffic {

        private static final Buffer ONE = Buffer.buffer("{\"credits\":1}");

        @Override
        public Request next() {
            return new Request(
                    HttpMethod.POST, "/v1/accounts/" + accounts.id(0) + "/top-ups", accounts.nextKey(), ONE, 0);
        }

        @Override
        public int confirmed(Request request, int status, Buffer answer) {
            return status == 201 ? 1 : UNEXPECTED;
        }
    }
}
