package ai.mavster.credits.subscription;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.Participant.Charge;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.Texts;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.plan.Rollover;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.history.ChangeKind;
import ai.mavster.credits.subscription.history.GrantSkipped;
import ai.mavster.credits.subscription.history.SubscriptionChangeTable;
import ai.mavster.credits.subscription.history.SubscriptionChanged;
import ai.mavster.credits.subscription.history.SubscriptionUpdated;
import ai.mavster.credits.subscription.terms.ChangeDecision;
import ai.mavster.credits.subscription.terms.MonthlyGrant;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one batch: whether credits may be spent, and the changes to be written. */
public final class SubscriptionsInBatch implements Participant.InBatch {

    private final SpendingPolicy policy;
    private final boolean topUpsOffered;
    private final Map<String, PlanTerms> plans = new HashMap<>(0);
    private final Map<String, Subscription> subscriptions = new HashMap<>();
    private final Map<String, SubscriptionTable.Saved> changed = new LinkedHashMap<>();
    private final List<GrantDecided> decided = new ArrayList<>(0);
    private final List<SubscriptionChanged> history = new ArrayList<>(0);

    SubscriptionsInBatch(SpendingPolicy policy, boolean topUpsOffered) {
        this.policy = policy;
        this.topUpsOffered = topUpsOffered;
    }

    /** A plan that a command names; before the subscriptions. */
    void load(PlanTerms plan) {
        plans.put(plan.planId(), plan);
    }

    void load(Subscription subscription) {
        subscriptions.put(subscription.accountId(), plans.isEmpty() ? subscription : subscription.onTermsOf(plans));
    }

    /** A plan that a command names; null: there is none. */
    @Nullable
    PlanTerms plan(String planId) {
        return plans.get(planId);
    }

    @Nullable
    Subscription subscription(String accountId) {
        return subscriptions.get(accountId);
    }

    /** The subscription of an account that has one. */
    Subscription current(String accountId) {
        return Objects.requireNonNull(subscriptions.get(accountId));
    }

    @Nullable
    SubscriptionView view(AccountView account) {
        Subscription subscription = subscriptions.get(account.accountId());
        return subscription == null ? null : view(subscription, account.asOf());
    }

    SubscriptionView view(Subscription subscription, Instant now) {
        return new SubscriptionView(
                subscription, subscription.statusAt(now), policy.graceUntil(subscription, now), now);
    }

    /** Since when, by an instant, something is due for an account's subscription; null: nothing is. */
    public @Nullable Instant dueAt(String accountId, Instant by) {
        Subscription subscription = subscriptions.get(accountId);
        return subscription == null
                ? null
                : switch (SubscriptionDecision.due(subscription, by)) {
                    case NOTHING -> null;
                    case RENEWAL -> subscription.period().end();
                    case END -> subscription.billingPeriod().end();
                };
    }

    @Override
    public Participant.@Nullable Limit limit(Charge charge, AccountView account) {
        Subscription subscription = subscriptions.get(account.accountId());
        return policy.allows(subscription, account.asOf())
                ? null
                : Participant.Limit.nothing(SubscriptionRefusals.required(
                        charge.credits(),
                        subscription == null ? null : subscription.statusAt(account.asOf()),
                        account));
    }

    /** With the coming grant; where credits cannot be bought, it is what there is to wait for. */
    @Override
    public Refusal explain(Refusal refusal, AccountView account) {
        SubscriptionView view = view(account);
        NextGrant next = view == null ? null : view.nextGrant(account);
        Refusal explained = refusal.with("next_grant", next);
        boolean toBuy =
                refusal.wayOut() != null && refusal.wayOut().retryableAfter().equals("top_up");
        return toBuy && !topUpsOffered
                ? explained.leadingTo(SubscriptionRefusals.renewal(next, account.timeZone()))
                : explained;
    }

    /** An account that is closed has no running subscription. */
    @Override
    public void hear(Fact fact, AccountView account) {
        Subscription before = subscriptions.get(account.accountId());
        if (fact instanceof Fact.Closed closed && before != null && before.status() != SubscriptionStatus.CANCELED) {
            boolean over = before.statusAt(account.asOf()) == SubscriptionStatus.CANCELED;
            Subscription after = over ? before.ended(account.asOf()) : before.canceled(account.asOf());
            save(after, account);
            Cause cause = new Cause(closed.command().author(), null);
            keep(SubscriptionChanged.of(account, ChangeKind.CLOSED, cause, before, after), account);
        }
    }

    /** Makes the monthly grant of a subscription's current period. */
    Change<MonthlyGrant> grant(Subscription entered, MonthlyGrant grant, AccountView account, Author author) {
        return granting(monthly(entered, grant.granted(), author), grantId -> {
            Subscription granted = entered.granted(account.asOf());
            save(granted, account);
            GrantDecided fact = new GrantDecided(granted, grant, grantId);
            decided.add(fact);
            account.publish(fact);
            if (grant.result() == MonthlyGrant.Result.SKIPPED) {
                account.publish(GrantSkipped.of(granted, grant));
            }
            return grant;
        });
    }

    /** Makes a change with what it grants, and keeps it; one that changes nothing leaves no trace. */
    Change<Subscription> change(AccountView account, ChangeKind kind, Cause cause, ChangeDecision decided) {
        Subscription before = decided.before();
        if (before != null && !decided.changes()) {
            return Change.accepted(() -> before);
        }
        if (decided.month() != null) {
            return grant(decided.after(), decided.month(), account, cause.author())
                    .map(month -> changed(account, kind, cause, decided, Credits.ZERO, Credits.ZERO, null));
        }
        MonthlyGrant beside = decided.difference();
        Credits granted = beside == null ? Credits.ZERO : beside.granted();
        Credits withheld = beside == null ? Credits.ZERO : beside.withheld();
        return granting(
                monthly(decided.after(), granted, cause.author()),
                grantId -> changed(account, kind, cause, decided, granted, withheld, grantId));
    }

    private Subscription changed(
            AccountView account,
            ChangeKind kind,
            Cause cause,
            ChangeDecision decided,
            Credits granted,
            Credits withheld,
            @Nullable UUID grantId) {
        Subscription after = decided.granted(account.asOf());
        save(after, account);
        keep(
                new SubscriptionChanged(
                        account.nextId(), kind, cause, decided.before(), after, granted, withheld, grantId),
                account);
        return after;
    }

    /** Makes a grant, if there is one to be made, and goes on with its id. */
    static <A> Change<A> granting(Command.@Nullable Grant grant, Function<@Nullable UUID, A> then) {
        return grant == null
                ? Change.accepted(() -> then.apply(null))
                : Change.granting(grant, (Posting posting) -> then.apply(posting.postingId()));
    }

    /** Monthly credits of the current period; null: none. */
    static Command.@Nullable Grant monthly(Subscription subscription, @Nullable Credits credits, Author author) {
        return credits == null || credits.isZero()
                ? null
                : new Command.Grant(
                        subscription.accountId(),
                        null,
                        GrantKind.MONTHLY,
                        credits,
                        null,
                        subscription.terms().plan().rollover() == Rollover.NONE
                                ? subscription.period().end()
                                : null,
                        false,
                        Texts.NONE,
                        author);
    }

    void keep(SubscriptionChanged change, AccountView account) {
        history.add(change);
        account.publish(change);
        account.publish(SubscriptionUpdated.of(change));
    }

    void save(Subscription subscription, AccountView account) {
        subscriptions.put(subscription.accountId(), subscription);
        changed.put(subscription.accountId(), new SubscriptionTable.Saved(subscription, account.isOnTestClock()));
    }

    @Override
    public void write(RoundTrip writes) {
        SubscriptionTable.write(writes, changed.values());
        SubscriptionTable.writeDecisions(writes, decided);
        SubscriptionChangeTable.write(writes, history);
    }
}
