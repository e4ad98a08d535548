package ai.mavster.credits.run;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.run.record.RunRepository;
import ai.mavster.credits.run.record.RunWithHold;
import ai.mavster.credits.waiting.WakeUp;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lets runs start that wait for credits, as soon as there may be some: when the account {@linkplain WakeUp wakes up}, and
 * every few seconds in any case. Each process does it; whichever comes first starts a run, and the others find it
 * started.
 */
@Singleton
class QueuedRuns {

    private static final Logger LOG = Logger.getLogger(QueuedRuns.class);
    private static final int PAGE = 500;

    /** How many are started in one go, once the first ones did. */
    private static final int MOST_AT_ONCE = 32;

    private final Ledger ledger;
    private final RunRepository runs;
    private final boolean starts;

    /** Those with runs that wait, as far as this process knows. */
    private final Set<String> accounts = ConcurrentHashMap.newKeySet();

    /** Those that are being checked, and whether they are to be checked again after that. */
    private final Map<String, Boolean> looking = new ConcurrentHashMap<>();

    QueuedRuns(
            Ledger ledger,
            RunRepository runs,
            @ConfigProperty(name = "credits.run.start-queued", defaultValue = "true") boolean starts) {
        this.ledger = ledger;
        this.runs = runs;
        this.starts = starts;
    }

    /** Runs of these accounts have come to wait. */
    record Grown(Set<String> accountIds) {}

    /** What has freed credits between their refusal and now was nobody's wake-up yet. */
    void grown(@Observes Grown grown) {
        accounts.addAll(grown.accountIds());
        grown.accountIds().forEach(this::look);
    }

    void wake(@Observes WakeUp wakeUp) {
        Set<String> woken = wakeUp.accountIds();
        if (woken == null) {
            accounts.forEach(this::look);
        } else if (!accounts.isEmpty()) {
            woken.stream().filter(accounts::contains).forEach(this::look);
        }
    }

    @Scheduled(every = "{credits.waiting.poll-every}", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void lookAtAll() {
        if (!starts) {
            return;
        }
        try {
            List<String> page = page("");
            while (!page.isEmpty()) {
                accounts.addAll(page);
                page.forEach(this::look);
                page = page(page.get(page.size() - 1));
            }
        } catch (RuntimeException e) {
            LOG.debugf("Queued runs are checked next time: %s", e.getMessage());
        }
    }

    private List<String> page(String after) {
        return QuarkusTransaction.requiringNew().call(() -> runs.accountsWithQueuedRuns(after, PAGE));
    }

    private void look(String accountId) {
        if (!starts) {
            return;
        }
        AtomicBoolean begins = new AtomicBoolean();
        looking.compute(accountId, (id, again) -> {
            begins.set(again == null);
            return again != null;
        });
        if (begins.get()) {
            start(accountId, 1);
        }
    }

    /** What waits of an account, and who may go next. */
    private record Queue(boolean isEmpty, List<String> next) {

        private static Queue of(AccountView account, int most) {
            RunQueue queue = account.inBatch(RunsInBatch.class).queue();
            return new Queue(queue.of(account).isEmpty(), queue.next(account, most));
        }
    }

    private void start(String accountId, int most) {
        ledger.read(accountId, List.of(StartQueued.lookingAt(accountId)), account -> Queue.of(account, most))
                .whenComplete((outcome, failure) -> {
                    Queue queue = outcome == null ? null : outcome.fold((found, replayed) -> found, refusal -> null);
                    if (queue != null && queue.isEmpty()) {
                        accounts.remove(accountId);
                    } else {
                        accounts.add(accountId);
                    }
                    if (queue == null || queue.next().isEmpty()) {
                        ended(accountId);
                    } else {
                        start(accountId, queue.next(), most);
                    }
                });
    }

    private void start(String accountId, List<String> runIds, int most) {
        List<CompletableFuture<Boolean>> left = new ArrayList<>();
        for (String runId : runIds) {
            left.add(ledger.submit(new StartQueued(accountId, runId))
                    .handle(QueuedRuns::hasLeft)
                    .toCompletableFuture());
        }
        var unused = CompletableFuture.allOf(left.toArray(CompletableFuture[]::new))
                .thenAccept(done -> {
                    if (left.stream().allMatch(CompletableFuture::join)) {
                        start(accountId, Math.min(most * 2, MOST_AT_ONCE));
                    } else {
                        ended(accountId);
                    }
                });
    }

    private static boolean hasLeft(@Nullable Outcome<RunWithHold> outcome, @Nullable Throwable failure) {
        return outcome != null && outcome.fold((both, replayed) -> !both.run().isQueued(), refusal -> false);
    }

    private void ended(String accountId) {
        AtomicBoolean again = new AtomicBoolean();
        looking.compute(accountId, (id, asked) -> {
            again.set(Boolean.TRUE.equals(asked));
            return again.get() ? false : null;
        });
        if (again.get()) {
            start(accountId, 1);
        }
    }
}
