package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.Books;
import ai.mavster.credits.ledger.Command;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings subscriptions over from another system, which has granted the current month already. */
@Singleton
public class SubscriptionImport {

    private final Plans plans;

    SubscriptionImport(Plans plans) {
        this.plans = plans;
    }

    /**
     * A subscription as the other system has it.
     *
     * @param anchor where its periods are counted from; the next one is granted here
     * @param monthlyCredits an allotment of its own; null: the plan's
     * @param monthlyBalance what is left of the current month's grant; null: nothing
     */
    public record Wish(
            String accountId,
            SubscriptionStatus status,
            Instant anchor,
            ZoneId zone,
            boolean cancelAtPeriodEnd,
            @Nullable Credits monthlyCredits,
            @Nullable Credits monthlyBalance) {}

    /** The plans there are, by their ids. */
    public Map<String, Known> plans() {
        return QuarkusTransaction.requiringNew()
                .call(() -> plans.listAll().stream()
                        .map(plan -> new Known(plan.terms()))
                        .collect(Collectors.toMap(known -> known.terms.planId(), Function.identity())));
    }

    /** A plan that there is. */
    public static final class Known {
        private final PlanTerms terms;

        private Known(PlanTerms terms) {
            this.terms = terms;
        }
    }

    /** Answers whether it was brought over; an account that has a subscription keeps it. */
    public Command<Boolean> command(Wish wish, Known plan, String by, String reason) {
        return new BringOver(wish, plan.terms, new Author(by, reason));
    }

    /** Whether an account has a subscription. */
    public static boolean isSubscribed(Books books) {
        return books.work(SubscriptionWork.class).subscription(books.account().accountId()) != null;
    }

    private record BringOver(Wish wish, PlanTerms plan, Author author)
            implements Command.Feature<SubscriptionWork, Boolean> {

        @Override
        public String accountId() {
            return wish.accountId();
        }

        @Override
        public Class<SubscriptionWork> decidedWith() {
            return SubscriptionWork.class;
        }

        @Override
        public Command.Change<Boolean> decide(SubscriptionWork work, Books books) {
            if (work.subscription(accountId()) != null) {
                return Command.Change.of(null, posting -> false);
            }
            work.open(books.account());
            Instant now = books.asOf();
            SubscriptionDecision.Wish asked = new SubscriptionDecision.Wish(
                    accountId(),
                    plan,
                    new SubscriptionDecision.Own(wish.monthlyCredits()),
                    wish.status(),
                    wish.anchor(),
                    wish.zone(),
                    wish.zone(),
                    wish.cancelAtPeriodEnd(),
                    PlanChange.NEXT_RENEWAL,
                    null);
            Subscription subscription =
                    SubscriptionDecision.change(null, asked, now).granted(now);
            return Command.Change.of(SubscriptionWork.left(subscription, wish.monthlyBalance()), posting -> {
                work.save(subscription);
                work.keep(SubscriptionWork.Change.imported(books, author, subscription, posting));
                return true;
            });
        }
    }
}
