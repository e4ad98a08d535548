package ai.mavster.credits.subscription;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountState;
import ai.mavster.credits.ledger.Columns;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.GrantKind;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.Posting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one batch: whether credits may be spent, and the changes to be written. */
final class SubscriptionWork implements Participant.Work {

    private final Map<String, Subscription> subscriptions;
    private final Instant now;
    private final Map<String, Subscription> changed = new LinkedHashMap<>();
    private final List<Decided> decided = new ArrayList<>();

    SubscriptionWork(Map<String, Subscription> subscriptions, Instant now) {
        this.subscriptions = subscriptions;
        this.now = now;
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
    SubscriptionStatus status(String accountId) {
        Subscription subscription = subscriptions.get(accountId);
        return subscription == null ? null : subscription.statusAt(now);
    }

    boolean maySpend(String accountId) {
        SubscriptionStatus status = status(accountId);
        return status != null && status.isRunning();
    }

    @Override
    public @Nullable Refusal objection(Command.Debit debit, AccountState account) {
        if (maySpend(account.accountId())) {
            return null;
        }
        SubscriptionStatus status = status(account.accountId());
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
    Command.Change<MonthlyGrant> grant(Subscription entered, AccountState account) {
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
    public void write(Connection connection) throws SQLException {
        if (!changed.isEmpty()) {
            writeSubscriptions(connection, changed.values());
        }
        if (!decided.isEmpty()) {
            writeRenewals(connection, decided);
        }
    }

    private static void writeSubscriptions(Connection connection, Collection<Subscription> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO subscription (account_id, plan_id, status, anchor, time_zone, period_index, period_start, period_end,
                                          cancel_at_period_end, granted_until, created_at, updated_at)
                SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::bigint[], ?::timestamptz[],
                                     ?::timestamptz[], ?::boolean[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[])
                ON CONFLICT (account_id) DO UPDATE SET
                    plan_id = excluded.plan_id, status = excluded.status, anchor = excluded.anchor, time_zone = excluded.time_zone,
                    period_index = excluded.period_index, period_start = excluded.period_start, period_end = excluded.period_end,
                    cancel_at_period_end = excluded.cancel_at_period_end, granted_until = excluded.granted_until,
                    updated_at = excluded.updated_at""")) {
            statement.setArray(1, Columns.text(connection, rows, Subscription::accountId));
            statement.setArray(2, Columns.text(connection, rows, s -> s.plan().planId()));
            statement.setArray(3, Columns.text(connection, rows, s -> s.status().id()));
            statement.setArray(4, Columns.instant(connection, rows, Subscription::anchor));
            statement.setArray(5, Columns.text(connection, rows, s -> s.zone().getId()));
            statement.setArray(
                    6, Columns.bigint(connection, rows, s -> s.period().index()));
            statement.setArray(
                    7, Columns.instant(connection, rows, s -> s.period().start()));
            statement.setArray(
                    8, Columns.instant(connection, rows, s -> s.period().end()));
            statement.setArray(9, Columns.bool(connection, rows, Subscription::cancelAtPeriodEnd));
            statement.setArray(10, Columns.instant(connection, rows, Subscription::grantedUntil));
            statement.setArray(11, Columns.instant(connection, rows, Subscription::createdAt));
            statement.setArray(12, Columns.instant(connection, rows, Subscription::updatedAt));
            statement.executeUpdate();
        }
    }

    private static void writeRenewals(Connection connection, List<Decided> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO renewal (account_id, period_start, period_end, period_index, plan_id, outcome, granted, withheld,
                                     balance_before, cap, reason, grant_id, decided_at)
                SELECT * FROM unnest(?::text[], ?::timestamptz[], ?::timestamptz[], ?::bigint[], ?::text[], ?::text[], ?::bigint[],
                                     ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::uuid[], ?::timestamptz[])""")) {
            statement.setArray(1, Columns.text(connection, rows, r -> r.subscription.accountId()));
            statement.setArray(
                    2,
                    Columns.instant(
                            connection, rows, r -> r.subscription.period().start()));
            statement.setArray(
                    3,
                    Columns.instant(
                            connection, rows, r -> r.subscription.period().end()));
            statement.setArray(
                    4,
                    Columns.bigint(
                            connection, rows, r -> r.subscription.period().index()));
            statement.setArray(
                    5, Columns.text(connection, rows, r -> r.subscription.plan().planId()));
            statement.setArray(
                    6, Columns.text(connection, rows, r -> r.grant.result().id()));
            statement.setArray(
                    7, Columns.bigint(connection, rows, r -> r.grant.granted().millionths()));
            statement.setArray(
                    8, Columns.bigint(connection, rows, r -> r.grant.withheld().millionths()));
            statement.setArray(
                    9, Columns.bigint(connection, rows, r -> r.grant.balance().millionths()));
            statement.setArray(10, Columns.credits(connection, rows, r -> r.grant.cap()));
            statement.setArray(11, Columns.text(connection, rows, r -> r.grant.reason()));
            statement.setArray(12, Columns.uuid(connection, rows, Decided::grantId));
            statement.setArray(13, Columns.instant(connection, rows, r -> r.subscription.updatedAt()));
            statement.executeUpdate();
        }
    }
}
