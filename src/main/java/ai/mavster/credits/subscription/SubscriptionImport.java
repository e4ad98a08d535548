package ai.mavster.credits.subscription;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.plan.PlanRepository;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.history.SubscriptionChanged;
import ai.mavster.credits.subscription.terms.PlanChange;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings subscriptions over from another system, which has granted the current month already. */
@Singleton
public class SubscriptionImport {

    private final PlanRepository plans;

    SubscriptionImport(PlanRepository plans) {
        this.plans = plans;
    }

    /**
     * A subscription as the other system has it.
     *
     * @param anchor where its periods are counted from; the next one is granted here
     * @param monthlyCredits an allotment of its own; null: the plan's
     * @param monthlyBalance what is left of the current month's grant; null: nothing
     */
    public record Request(
            String accountId,
            String planId,
            SubscriptionStatus status,
            Instant anchor,
            ZoneId zone,
            boolean cancelAtPeriodEnd,
            @Nullable Credits monthlyCredits,
            @Nullable Credits monthlyBalance) {}

    /** The ids of the plans there are. */
    public Set<String> planIds() {
        return QuarkusTransaction.requiringNew()
                .call(() -> plans.listAll().stream()
                        .map(plan -> plan.terms().planId())
                        .collect(Collectors.toSet()));
    }

    /** Answers whether it was brought over; an account that has a subscription keeps it. */
    public Command<Boolean> command(Request request, Author by, String reason) {
        return new BringOver(request, new Cause(by, reason));
    }

    /** Whether an account has a subscription. */
    public static boolean isSubscribed(AccountView account) {
        return SubscriptionView.of(account) != null;
    }

    private record BringOver(Request request, Cause cause) implements SubscriptionCommand<Boolean> {

        @Override
        public String accountId() {
            return request.accountId();
        }

        @Override
        public String planId() {
            return request.planId();
        }

        @Override
        public Class<Boolean> answerType() {
            return Boolean.class;
        }

        @Override
        public Change<Boolean> decide(SubscriptionsInBatch state, AccountView account) {
            if (state.subscription(accountId()) != null) {
                return Change.accepted(() -> false);
            }
            PlanTerms plan = state.plan(request.planId());
            if (plan == null) {
                return Change.refused(SubscriptionRefusals.noSuchPlan(request.planId()));
            }
            Instant now = account.asOf();
            Subscription subscription = SubscriptionDecision.change(null, asked(), plan, request.zone(), now)
                    .granted(now);
            Credits left = request.monthlyBalance();
            return SubscriptionsInBatch.granting(
                    SubscriptionsInBatch.monthly(subscription, left, cause.author()), grantId -> {
                        state.save(subscription, account);
                        state.keep(SubscriptionChanged.imported(account, cause, subscription, left, grantId), account);
                        return true;
                    });
        }

        private SubscriptionDecision.Request asked() {
            return new SubscriptionDecision.Request(
                    accountId(),
                    request.planId(),
                    new SubscriptionDecision.Own(request.monthlyCredits()),
                    request.status(),
                    request.anchor(),
                    request.zone(),
                    request.cancelAtPeriodEnd(),
                    PlanChange.NEXT_RENEWAL,
                    null);
        }
    }
}
