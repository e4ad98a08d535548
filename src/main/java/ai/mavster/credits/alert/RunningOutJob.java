package ai.mavster.credits.alert;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.usage.SpentByDay;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Looks for accounts whose credits run out before the renewal, a page at a time in the order of their ids. It only finds
 * them: each alert is raised by a command, which decides anew. So several processes may look, and each account has one alert.
 */
@Singleton
class RunningOutJob {

    private static final Logger LOG = Logger.getLogger(RunningOutJob.class);
    private static final int PAGE = 500;

    private final WatchedSubscriptionRepository subscriptions;
    private final SpentByDay spent;
    private final Ledger ledger;
    private final Clock clock;

    RunningOutJob(WatchedSubscriptionRepository subscriptions, SpentByDay spent, Ledger ledger, Clock clock) {
        this.subscriptions = subscriptions;
        this.spent = spent;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Scheduled(
            every = "{credits.alert.run-rate-every}",
            delayed = "10s",
            concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        Instant now = clock.instant();
        String last = "";
        try {
            List<String> page;
            do {
                String after = last;
                page = QuarkusTransaction.requiringNew().call(() -> subscriptions.after(after, now, PAGE));
                if (!page.isEmpty()) {
                    raise(spent.since(page, RunRate.since(now)));
                    last = page.get(page.size() - 1);
                }
            } while (page.size() == PAGE);
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("Whose credits run out is looked for later: %s", e.getMessage());
        }
    }

    /** First without their locks: most of them have enough. */
    private void raise(Map<String, Credits> used) {
        Map<String, CompletionStage<Outcome<Boolean>>> questions = new LinkedHashMap<>();
        used.forEach((accountId, credits) -> questions.put(
                accountId, ledger.read(accountId, account -> RaiseRunningOut.Expected.of(account, credits) != null)));
        List<CompletionStage<Outcome<Boolean>>> commands = new ArrayList<>(0);
        questions.forEach((accountId, question) -> {
            if (isTrue(question)) {
                commands.add(ledger.submit(new RaiseRunningOut(accountId, used.getOrDefault(accountId, Credits.ZERO))));
            }
        });
        commands.forEach(RunningOutJob::isTrue);
    }

    private static boolean isTrue(CompletionStage<Outcome<Boolean>> stage) {
        try {
            return stage.toCompletableFuture().join().fold((answer, replayed) -> answer, refusal -> false);
        } catch (CompletionException e) {
            LOG.debugf(e.getCause(), "One account is processed later");
            return false;
        }
    }
}
