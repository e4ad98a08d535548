package ai.mavster.credits.payment.stripe.subscription;

import ai.mavster.credits.Author;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.payment.inbox.Handled;
import ai.mavster.credits.payment.stripe.customer.Customers;
import ai.mavster.credits.plan.PlanRepository;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.Subscriptions;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import com.stripe.model.Subscription;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes accounts' subscriptions what theirs at Stripe are. */
@Singleton
public class StripeSubscriptions {

    private final SubscriptionsAtStripe stripe;
    private final Subscriptions subscriptions;
    private final Customers customers;
    private final PlanRepository plans;
    private final Ledger ledger;
    private final Clock clock;

    StripeSubscriptions(
            SubscriptionsAtStripe stripe,
            Subscriptions subscriptions,
            Customers customers,
            PlanRepository plans,
            Ledger ledger,
            Clock clock) {
        this.stripe = stripe;
        this.subscriptions = subscriptions;
        this.customers = customers;
        this.plans = plans;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Fetches and applies the subscription that an invoice is of. */
    public Handled ofInvoice(String invoiceId, Author author) {
        String id = stripe.ofInvoice(invoiceId);
        return id == null ? Handled.ignored("The invoice is of no subscription") : follow(id, author);
    }

    /**
     * Fetches a subscription and applies what it is now. Blocks.
     *
     * @param author for whom it is changed
     */
    public Handled follow(String id, Author author) {
        Instant fetchedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Subscription> found = stripe.find(id);
        if (found.isEmpty()) {
            return Handled.unexplained(null, "There is no such object at Stripe");
        }
        String accountId = SubscriptionsAtStripe.accountOf(found.get());
        if (accountId == null) {
            return isKnown(SubscriptionsAtStripe.planOf(found.get()))
                    ? Handled.unexplained(null, "The subscription names no account")
                    : Handled.ignored("The subscription names neither an account nor a plan");
        }
        return accountId.matches(Identifier.PATTERN)
                ? follow(found.get(), accountId, fetchedAt, author)
                : Handled.unexplained(null, "unknown_account");
    }

    private boolean isKnown(@Nullable String planId) {
        return planId != null
                && QuarkusTransaction.requiringNew()
                        .call(() -> plans.findByIdOptional(planId).isPresent());
    }

    private Handled follow(Subscription found, String accountId, Instant fetchedAt, Author author) {
        SubscriptionStatus status = StripeStatus.of(found.getStatus(), found.getPauseCollection() != null);
        if (status == null) {
            return Handled.processed(accountId);
        }
        PresentSubscription present = stripe.present(found, status);
        return Outcome.join(ledger.read(accountId, Known::of))
                .fold(
                        (known, replayed) -> apply(present, accountId, known, fetchedAt, author, found.getCustomer()),
                        refusal -> refused(null, refusal));
    }

    /** What has to be known of an account before. */
    private record Known(Instant asOf, boolean subscribed) {

        private static Known of(AccountView account) {
            return new Known(account.asOf(), SubscriptionView.of(account) != null);
        }
    }

    private Handled apply(
            PresentSubscription present,
            String accountId,
            Known known,
            Instant fetchedAt,
            Author author,
            @Nullable String customer) {
        boolean ended = present.status() == SubscriptionStatus.CANCELED;
        if (ended && !known.subscribed()) {
            return Handled.processed(accountId);
        }
        if (!ended && present.planId() == null) {
            return Handled.unexplained(accountId, "Its price names no plan");
        }
        Handled handled;
        try {
            handled = Outcome.join(subscriptions.follow(
                            present.request(accountId, fetchedAt, known.asOf()), new Cause(author, null)))
                    .fold((view, replayed) -> Handled.processed(accountId), refusal -> refused(accountId, refusal));
        } catch (InvalidInput impossible) {
            return Handled.unexplained(accountId, impossible.field() + " " + impossible.message());
        }
        if (customer != null && !ended) {
            customers.adopt(accountId, customer);
        }
        return handled;
    }

    /** By the refusal's code: {@code plan_not_found}, {@code account_closed}. */
    private static Handled refused(@Nullable String accountId, Refusal refusal) {
        return Handled.unexplained(
                accountId,
                refusal.code() == Refusal.Code.ACCOUNT_NOT_FOUND
                        ? "unknown_account"
                        : refusal.code().id());
    }
}
