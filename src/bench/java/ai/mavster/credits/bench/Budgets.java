package ai.mavster.credits.bench;

import io.vertx.core.http.HttpServer;
import java.sql.SQLException;
import java.util.List;

/**
 * What it costs those who debit that the account, the workspace and the project each have a budget with its alerts, and
 * that somebody is told of them by webhook.
 */
final class Budgets implements Scenario {

    private static final int[] CLIENTS = {256, 64, 1};

    private static final String BUDGET = "{\"usage_limit\": 100000000, \"window\": \"month\"}";

    @Override
    public void run(Stage stage) throws SQLException {
        Accounts plain = stage.open(LedgerAccounts.ofTheService(), "hot-without-budgets", 1);
        Accounts limited = stage.open(LedgerAccounts.ofTheService(), "hot-with-budgets", 1);
        HttpServer receiver = stage.load()
                .vertx()
                .createHttpServer()
                .requestHandler(request -> request.response().setStatusCode(204).end());
        int port = receiver.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        String budgets = "/v1/accounts/" + limited.id(0) + "/budgets/";
        stage.service().make("PUT", budgets + "account/" + limited.id(0), BUDGET);
        stage.service().make("PUT", budgets + "workspace/qa", BUDGET);
        stage.service().make("PUT", budgets + "project/checkout", BUDGET);
        stage.service()
                .make(
                        "POST",
                        "/v1/webhook-endpoints",
                        "{\"url\": \"http://127.0.0.1:%d/\", \"account_id\": \"%s\"}".formatted(port, limited.id(0)));
        stage.analyze();
        Traffic without = debits(plain);
        Traffic with = debits(limited);
        stage.load()
                .closed(
                        without,
                        CLIENTS[1],
                        Window.after(stage.settings().warmUp(), stage.settings().slice()));
        stage.load()
                .closed(
                        with,
                        CLIENTS[1],
                        Window.after(stage.settings().warmUp(), stage.settings().slice()));
        for (int clients : CLIENTS) {
            List<Figure> figures = stage.compare(List.of(
                    stage.closed("hot account, no budgets", Subject.OURS, clients, without),
                    stage.closed("hot account, three budgets", Subject.OURS, clients, with)));
            String what = "three budgets, closed " + clients + ": rate / without";
            double ratio = figures.get(1).perSecond() / figures.get(0).perSecond();
            if (clients == CLIENTS[0]) {
                stage.report().add(Aim.atLeast(0.8, what, ratio));
            } else {
                stage.report().fact(what, ratio);
            }
        }
        receiver.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Traffic debits(Accounts accounts) {
        return new Debits("/v1", accounts, Draw.always(0), Debits.BODY_WITH_WORKSPACE);
    }
}
