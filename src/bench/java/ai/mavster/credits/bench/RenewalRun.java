package ai.mavster.credits.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The monthly job, with very many accounts due at once. */
final class RenewalRun implements Scenario {

    private static final String NAME = "renewals";

    @Override
    public void run(Stage stage) throws SQLException, IOException, InterruptedException {
        int all = stage.settings().renewals();
        int few = Math.max(1, all / 10);
        List<MemoryWatch.Peak> peaks = new ArrayList<>();
        for (int due : new int[] {few, all}) {
            stage.open(new RenewalAccounts(), NAME + "-" + due, due);
            stage.analyze();
            try (MemoryWatch watch = new MemoryWatch(stage.service())) {
                stage.report().add(contender(Subject.OURS, due), stage.metered(() -> ours(stage, due)));
                peaks.add(watch.peak());
            }
            stage.report().fact(NAME + ", memory of the service with " + due + " due", peaks.get(peaks.size() - 1));
        }
        RivalAccounts.makeDue(stage.database(), all);
        stage.analyze();
        rival(stage, stage.settings().measurement());
        stage.report()
                .add(
                        contender(Subject.PER_DEBIT, all),
                        stage.metered(() ->
                                rival(stage, stage.settings().measurement().multipliedBy(2))));
        Report report = stage.report();
        report.add(Aim.atLeast(
                20,
                NAME + ": rate / a transaction per account",
                report.peak(NAME, Subject.OURS) / report.peak(NAME, Subject.PER_DEBIT)));
        report.fact(
                NAME + ", resident memory with " + all + " due / with " + few,
                (double) peaks.get(1).residentMegabytes() / peaks.get(0).residentMegabytes());
    }

    private static Contender contender(Subject subject, int due) {
        return new Contender(NAME, subject, due + " due", window -> Sample.empty());
    }

    private static Sample ours(Stage stage, int due) {
        long start = System.nanoTime();
        JsonNode tally = stage.service().post("/v1/renewals");
        long renewed = tally.path("granted_full").asLong();
        stage.failures()
                .unless(
                        renewed == due && tally.path("remaining_due").asLong(-1) == 0,
                        () -> due + " were to be renewed: " + tally);
        return Sample.of(renewed, (System.nanoTime() - start) / 1e9);
    }

    private static Sample rival(Stage stage, Duration time) {
        long start = System.nanoTime();
        long renewed = stage.service()
                .post("/bench/per-account-renewals?millis=" + time.toMillis())
                .path("renewed")
                .asLong();
        return Sample.of(renewed, (System.nanoTime() - start) / 1e9);
    }
}
