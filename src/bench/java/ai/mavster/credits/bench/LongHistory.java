package ai.mavster.credits.bench;

import ai.mavster.credits.ledger.History;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What an account's past costs: nothing for debits, balances and pages, and no memory for lists and proofs. */
final class LongHistory implements Scenario {

    private static final int SHORT = 1_000;
    private static final int CLIENTS = 64;
    private static final double TOLERANCE = 0.1;

    @Override
    public void run(Stage stage) throws SQLException, IOException, InterruptedException {
        int entries = stage.settings().history();
        Accounts young = past(stage, "short-past", SHORT);
        Accounts old = past(stage, "long-past", entries);
        stage.analyze();
        compare(stage, "debits", new Debits("/v1", young, Draw.always(0)), new Debits("/v1", old, Draw.always(0)));
        compare(
                stage,
                "balances",
                Questions.balances("/v1", young, Draw.always(0)),
                Questions.balances("/v1", old, Draw.always(0)));
        BillingPages.measure(stage, old.id(0));
        stream(stage, "statement as CSV", "/v1/accounts/" + old.id(0) + "/entries", "text/csv");
        stream(stage, "proof", "/v1/accounts/" + old.id(0) + "/proof", "application/json");
    }

    private static Accounts past(Stage stage, String name, int entries) throws SQLException {
        Accounts accounts = stage.open(LedgerAccounts.ofTheService(), name, 1);
        Report.say("Writing a past of " + entries + " entries");
        try (Connection connection = stage.database().connect()) {
            History.append(connection, accounts.id(0), entries, Debits.MILLIONTHS_EACH);
        }
        accounts.confirm(0, entries);
        return accounts;
    }

    private static void compare(Stage stage, String what, Traffic young, Traffic old) throws SQLException {
        stage.warmUp(Map.of(Subject.OURS, young));
        stage.warmUp(Map.of(Subject.OURS, old));
        List<Figure> figures = stage.compare(List.of(
                stage.closed("short past, " + what, Subject.OURS, CLIENTS, young),
                stage.closed("long past, " + what, Subject.OURS, CLIENTS, old)));
        double ratio = figures.get(1).perSecond() / figures.get(0).perSecond();
        stage.report().fact("long past, " + what + ": rate / with a short past", ratio);
        stage.report().add(Aim.atMost(TOLERANCE, "long past, " + what + ": rate differs by", Math.abs(1 - ratio)));
    }

    private static void stream(Stage stage, String what, String path, String mediaType)
            throws IOException, InterruptedException {
        try (MemoryWatch watch = new MemoryWatch(stage.service())) {
            long start = System.nanoTime();
            long bytes = stage.service().length(path, mediaType);
            double seconds = (System.nanoTime() - start) / 1e9;
            stage.report().fact("long past, " + what, "%.1f s, %d bytes, %s".formatted(seconds, bytes, watch.peak()));
        }
    }
}
