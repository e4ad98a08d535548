package ai.mavster.credits.renewal;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.renewal.DueRepository.Asked;
import ai.mavster.credits.renewal.DueRepository.Due;
import ai.mavster.credits.subscription.RenewSubscription;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Renews what is due, each subscription by a command of its own through the ledger. Safe to repeat, to overlap and to
 * stop half way: what is due is a row, and each period is decided once.
 */
@Singleton
public class Renewals {

    private static final Logger LOG = Logger.getLogger(Renewals.class);

    /** How many subscriptions are under way at once: enough for full batches, far from filling the lanes' queues. */
    private static final int PAGE = 1_000;

    private final Ledger ledger;
    private final DueRepository subscriptions;
    private final Clock clock;

    Renewals(Ledger ledger, DueRepository subscriptions, Clock clock) {
        this.ledger = ledger;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /**
     * @param asOf what lies ahead of now is renewed on test clocks, and nowhere else
     * @param limit how many subscriptions at most
     */
    RenewalTally run(Instant asOf, long limit) {
        Instant now = now();
        List<Asked> asked = new ArrayList<>(List.of(Asked.byRealTime(asOf, now)));
        if (asOf.isAfter(now)) {
            asked.add(Asked.onTestClocks(asOf, now));
        }
        RenewalTally tally = new RenewalTally();
        tally.due = countDue(asked);
        if (tally.due > 0) {
            LOG.infof("Renewals as of %s: %d subscriptions are due", asOf, tally.due);
        }
        long left = limit;
        for (Asked one : asked) {
            left = run(one, left, tally);
        }
        tally.remainingDue = countDue(asked);
        tally.nextDueAt = nextDueAt().orElse(null);
        return tally;
    }

    /** Returns what is left of the limit. */
    private long run(Asked asked, long limit, RenewalTally tally) {
        RenewalQueue queue = new RenewalQueue(subscriptions, asked);
        Instant asOf = asked.asOf();
        long left = limit;
        while (left > 0) {
            List<Due> page = queue.next((int) Math.min(PAGE, left));
            if (page.isEmpty()) {
                break;
            }
            remember(renew(page, asOf, tally));
            left -= page.size();
            LOG.infof(
                    "Renewals as of %s: %d renewed, %d ended, %d failed of %d due",
                    asOf, tally.renewed(), tally.ended(), tally.failed, tally.due);
        }
        return left;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** So that the next call, of whichever process, tries others first. */
    private void remember(Set<String> failed) {
        if (failed.isEmpty()) {
            return;
        }
        try {
            QuarkusTransaction.requiringNew().run(() -> subscriptions.failed(failed, now()));
        } catch (RuntimeException e) {
            LOG.warnf(e, "It was not remembered that %d renewals failed", failed.size());
        }
    }

    /**
     * Renews each subscription, and those that are due again once more, until none is. Returns the accounts of those
     * that failed.
     */
    private Set<String> renew(List<Due> page, Instant asOf, RenewalTally tally) {
        Set<String> failed = new HashSet<>(0);
        List<String> accountIds = page.stream().map(Due::accountId).toList();
        while (!accountIds.isEmpty()) {
            List<CompletionStage<Outcome<RenewSubscription.Done>>> stages = new ArrayList<>(accountIds.size());
            for (String accountId : accountIds) {
                stages.add(ledger.submit(new RenewSubscription(accountId, asOf)));
            }
            List<String> again = new ArrayList<>();
            for (int i = 0; i < stages.size(); i++) {
                String accountId = accountIds.get(i);
                if (finish(accountId, stages.get(i), tally, failed)) {
                    again.add(accountId);
                }
            }
            accountIds = again;
        }
        return failed;
    }

    /** Whether the subscription is due again. One that fails is reported, stays due, and holds up no other. */
    private static boolean finish(
            String accountId,
            CompletionStage<Outcome<RenewSubscription.Done>> stage,
            RenewalTally tally,
            Set<String> failed) {
        try {
            return stage.toCompletableFuture()
                    .join()
                    .fold(
                            (done, replayed) -> {
                                tally.count(done);
                                return done.more();
                            },
                            refusal -> {
                                failed.add(accountId);
                                tally.failed(accountId, refusal.detail());
                                return false;
                            });
        } catch (CompletionException e) {
            failed.add(accountId);
            tally.failed(accountId, why(e.getCause()));
            return false;
        }
    }

    /** No word of the database's or of our code's: callers read it. */
    private static String why(@Nullable Throwable cause) {
        LOG.debugf(cause, "A renewal failed");
        return cause instanceof Unavailable
                ? "The database could not be reached in time."
                : "Its renewal failed; the service's log says why.";
    }

    /** What is due now, as the job does it; so many subscriptions at most. */
    public RenewalTally run(long limit) {
        return run(now(), limit);
    }

    /** Those that are due now, some of them: first those that could not be renewed, tried longest ago first. */
    public List<DueForRenewal> due(int most) {
        Asked asked = Asked.byRealTime(now(), now());
        return QuarkusTransaction.requiringNew().call(() -> {
            List<DueForRenewal> found = new ArrayList<>();
            subscriptions
                    .failedBefore(asked, null, most)
                    .forEach(due -> found.add(new DueForRenewal(due.accountId(), null, due.since())));
            subscriptions
                    .untried(asked, null, most)
                    .forEach(due -> found.add(new DueForRenewal(due.accountId(), due.since(), null)));
            return found.subList(0, Math.min(most, found.size()));
        });
    }

    /**
     * A subscription that is due.
     *
     * @param since the end of its period; null: it was tried
     * @param failedAt when it was tried last, in vain; null: it was not
     */
    public record DueForRenewal(
            String accountId,
            @Nullable Instant since,
            @Nullable Instant failedAt) {}

    /** How many are due now. */
    public long countDue() {
        return countDue(now());
    }

    /** How many are due at a time. */
    long countDue(Instant now) {
        return countDue(List.of(Asked.byRealTime(now, now)));
    }

    private long countDue(List<Asked> asked) {
        return QuarkusTransaction.requiringNew()
                .call(() -> asked.stream().mapToLong(subscriptions::countDue).sum());
    }

    public Optional<Instant> nextDueAt() {
        return QuarkusTransaction.requiringNew().call(subscriptions::nextDueAt);
    }
}
