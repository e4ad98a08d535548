package ai.mavster.credits.subscription;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountState;
import ai.mavster.credits.ledger.Column;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.GrantKind;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.Posting;
import ai.mavster.credits.ledger.RoundTrip;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one batch: whether credits may be spent, and the changes to be written. */
final class SubscriptionWork implements Participant.Work {

    private final Map<String, Subscription> subscriptions;
    private final Map<String, Subscription> changed = new LinkedHashMap<>();
    private final List<Decided> decided = new ArrayList<>();
    private final Set<String> onTestClock = new HashSet<>(0);

    SubscriptionWork(Map<String, Subscription> subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** A monthly grant's decision, to be kept. */
    private record Decided(
            Subscription subscription,
            MonthlyGrant grant,
            @Nullable UUID grantId) {}

    @Nullable
    Subscription subscription(String accountId) {
        return subscriptions.get(accountId);
    }

    /** The subscription of an account that has one. */
    Subscription current(String accountId) {
        return Objects.requireNonNull(subscriptions.get(accountId));
    }

    @Nullable
    SubscriptionStatus status(String accountId, Instant now) {
        Subscription subscription = subscriptions.get(accountId);
        return subscription == null ? null : subscription.statusAt(now);
    }

    boolean maySpend(String accountId, Instant now) {
        SubscriptionStatus status = status(accountId, now);
        return status != null && status.isRunning();
    }

    /** To be told before the account's first subscription is saved: this never changes. */
    void onTestClock(String accountId) {
        onTestClock.add(accountId);
    }

    @Override
    public @Nullable Instant dueAt(AccountState account, Instant by) {
        Subscription subscription = subscriptions.get(account.accountId());
        return subscription == null || SubscriptionDecision.due(subscription, by) == SubscriptionDecision.Due.NOTHING
                ? null
                : subscription.period().end();
    }

    @Override
    public @Nullable Refusal objection(Command.Debit debit, AccountState account, Instant now) {
        if (maySpend(account.accountId(), now)) {
            return null;
        }
        SubscriptionStatus status = status(account.accountId(), now);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("account_id", account.accountId());
        members.put("required", debit.credits());
        members.put("subscription_status", status == null ? null : status.id());
        members.put("balance", account.balance());
        return new Refusal(
                Refusal.Code.SUBSCRIPTION_REQUIRED,
                "Credits are spent only under an active subscription; this account's is %s. Its balance of %s is kept and can be spent again as soon as the subscription is active."
                        .formatted(
                                status == null ? "missing" : status.id(),
                                account.balance().inWords()),
                members);
    }

    /** Decides the monthly grant of a subscription's current period. */
    Command.Change<MonthlyGrant> grant(Subscription entered, AccountState account, Instant now) {
        PlanTerms plan = entered.plan();
        MonthlyGrant grant = MonthlyGrant.decide(account.balance(), plan.allotment(), plan.cap());
        Command.Grant command = grant.granted().isZero()
                ? null
                : new Command.Grant(
                        account.accountId(),
                        null,
                        GrantKind.MONTHLY,
                        grant.granted(),
                        plan.rollover() == Rollover.NONE ? entered.period().end() : null,
                        null,
                        null);
        return Command.Change.of(command, posting -> {
            Subscription granted = entered.granted(now);
            save(granted);
            decided.add(new Decided(granted, grant, idOf(posting)));
            return grant;
        });
    }

    private static @Nullable UUID idOf(@Nullable Posting posting) {
        return posting == null ? null : posting.postingId();
    }

    void save(Subscription subscription) {
        subscriptions.put(subscription.accountId(), subscription);
        changed.put(subscription.accountId(), subscription);
    }

    @Override
    public void write(RoundTrip writes) {
        if (!changed.isEmpty()) {
            writeSubscriptions(writes, changed.values(), onTestClock);
        }
        if (!decided.isEmpty()) {
            writeRenewals(writes, decided);
        }
    }

    private static void writeSubscriptions(RoundTrip writes, Collection<Subscription> rows, Set<String> onTestClock) {
        writes.write(
                """
                INSERT INTO subscription (account_id, plan_id, status, anchor, time_zone, period_index, period_start, period_end,
                                          cancel_at_period_end, granted_until, created_at, updated_at, on_test_clock)
                SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::bigint[], ?::timestamptz[],
                                     ?::timestamptz[], ?::boolean[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[],
                                     ?::boolean[])
                ON CONFLICT (account_id) DO UPDATE SET
                    plan_id = excluded.plan_id, status = excluded.status, anchor = excluded.anchor, time_zone = excluded.time_zone,
                    period_index = excluded.period_index, period_start = excluded.period_start, period_end = excluded.period_end,
                    cancel_at_period_end = excluded.cancel_at_period_end, granted_until = excluded.granted_until,
                    updated_at = excluded.updated_at""",
                List.of(
                        Column.text(rows, Subscription::accountId),
                        Column.text(rows, row -> row.plan().planId()),
                        Column.text(rows, row -> row.status().id()),
                        Column.instant(rows, Subscription::anchor),
                        Column.text(rows, row -> row.zone().getId()),
                        Column.bigint(rows, row -> row.period().index()),
                        Column.instant(rows, row -> row.period().start()),
                        Column.instant(rows, row -> row.period().end()),
                        Column.bool(rows, Subscription::cancelAtPeriodEnd),
                        Column.instant(rows, Subscription::grantedUntil),
                        Column.instant(rows, Subscription::createdAt),
                        Column.instant(rows, Subscription::updatedAt),
                        Column.bool(rows, row -> onTestClock.contains(row.accountId()))),
                rows.size());
    }

    private static void writeRenewals(RoundTrip writes, List<Decided> rows) {
        writes.write(
                """
                INSERT INTO renewal (account_id, period_start, period_end, period_index, plan_id, outcome, granted, withheld,
                                     balance_before, cap, reason, grant_id, decided_at)
                SELECT * FROM unnest(?::text[], ?::timestamptz[], ?::timestamptz[], ?::bigint[], ?::text[], ?::text[], ?::bigint[],
                                     ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::uuid[], ?::timestamptz[])""",
                List.of(
                        Column.text(rows, row -> row.subscription.accountId()),
                        Column.instant(rows, row -> row.subscription.period().start()),
                        Column.instant(rows, row -> row.subscription.period().end()),
                        Column.bigint(rows, row -> row.subscription.period().index()),
                        Column.text(rows, row -> row.subscription.plan().planId()),
                        Column.text(rows, row -> row.grant.result().id()),
                        Column.credits(rows, row -> row.grant.granted()),
                        Column.credits(rows, row -> row.grant.withheld()),
                        Column.credits(rows, row -> row.grant.balance()),
                        Column.credits(rows, row -> row.grant.cap()),
                        Column.text(rows, row -> row.grant.reason()),
                        Column.uuid(rows, Decided::grantId),
                        Column.instant(rows, row -> row.subscription.updatedAt())),
                rows.size());
    }
}
