package ai.mavster.credits.renewal;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.subscription.RenewSubscription;
import ai.mavster.credits.subscription.SubscriptionRepository;
import ai.mavster.credits.subscription.SubscriptionRepository.Due;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Renews what is due by the real time, each subscription by a command of its own through the ledger. Safe to repeat, to overlap and to stop
 * half way: what is due is a row, and each period is decided once.
 */
@Singleton
class Renewals {

    private static final Logger LOG = Logger.getLogger(Renewals.class);

    /** How many subscriptions are under way at once: enough for full batches, far from filling the lanes' queues. */
    private static final int PAGE = 1_000;

    private final Ledger ledger;
    private final SubscriptionRepository subscriptions;

    Renewals(Ledger ledger, SubscriptionRepository subscriptions) {
        this.ledger = ledger;
        this.subscriptions = subscriptions;
    }

    /**
     * @param limit how many subscriptions at most
     */
    RenewalTally run(Instant asOf, long limit) {
        RenewalTally tally = new RenewalTally();
        tally.due = countDue(asOf);
        if (tally.due > 0) {
            LOG.infof("Renewals as of %s: %d subscriptions are due", asOf, tally.due);
        }
        long left = limit;
        Due last = null;
        while (left > 0) {
            Due after = last;
            int most = (int) Math.min(PAGE, left);
            List<Due> page = QuarkusTransaction.requiringNew().call(() -> subscriptions.due(asOf, after, most));
            if (page.isEmpty()) {
                break;
            }
            renew(page, asOf, tally);
            left -= page.size();
            last = page.get(page.size() - 1);
            LOG.infof(
                    "Renewals as of %s: %d renewed, %d ended, %d failed of %d due",
                    asOf, tally.renewed(), tally.ended(), tally.failed, tally.due);
        }
        tally.remainingDue = countDue(asOf);
        tally.nextDueAt = nextDueAt().orElse(null);
        return tally;
    }

    /** Renews each subscription, and those that are due again once more, until none is. */
    private void renew(List<Due> page, Instant asOf, RenewalTally tally) {
        List<String> accountIds = page.stream().map(Due::accountId).toList();
        while (!accountIds.isEmpty()) {
            List<CompletionStage<Outcome<RenewSubscription.Done>>> stages = new ArrayList<>(accountIds.size());
            for (String accountId : accountIds) {
                stages.add(ledger.submit(new RenewSubscription(accountId, asOf)));
            }
            List<String> again = new ArrayList<>();
            for (int i = 0; i < stages.size(); i++) {
                String accountId = accountIds.get(i);
                if (finish(accountId, stages.get(i), tally)) {
                    again.add(accountId);
                }
            }
            accountIds = again;
        }
    }

    /** Whether the subscription is due again. One that fails is reported, stays due, and holds up no other. */
    private static boolean finish(
            String accountId, CompletionStage<Outcome<RenewSubscription.Done>> stage, RenewalTally tally) {
        try {
            return stage.toCompletableFuture()
                    .join()
                    .fold(
                            (done, replayed) -> {
                                tally.count(done);
                                return done.more();
                            },
                            refusal -> {
                                tally.failed(accountId, refusal.detail());
                                return false;
                            });
        } catch (CompletionException e) {
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

    long countDue(Instant asOf) {
        return QuarkusTransaction.requiringNew().call(() -> subscriptions.countDue(asOf));
    }

    Optional<Instant> nextDueAt() {
        return QuarkusTransaction.requiringNew().call(subscriptions::nextDueAt);
    }
}
