package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.Column;
import ai.mavster.credits.ledger.RoundTrip;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tables {@code subscription}, {@code renewal} and {@code subscription_change}, as the ledger's transactions read and write them. */
final class SubscriptionTables {

    private SubscriptionTables() {}

    static void read(RoundTrip reads, Set<String> accountIds, Consumer<Subscription> found) {
        reads.query("""
                SELECT s.account_id, s.status, s.status_since, s.anchor, s.time_zone, s.period_index, s.period_start, s.period_end,
                       s.billed_from, s.cancel_at_period_end, s.granted_until, s.granted_allotment, s.granted_for_trial,
                       s.created_at, s.updated_at,
                       s.monthly_credits, p.plan_id, p.monthly_credits, p.cap_ratio, p.rollover, p.trial_credits, p.billing_interval,
                       s.next_monthly_credits, n.plan_id, n.monthly_credits, n.cap_ratio, n.rollover, n.trial_credits, n.billing_interval
                FROM subscription s JOIN plan p ON p.plan_id = s.plan_id LEFT JOIN plan n ON n.plan_id = s.next_plan_id
                WHERE s.account_id = ANY (?)""", List.of(Column.text(accountIds)), row -> found.accept(subscription(row)));
    }

    private static Subscription subscription(ResultSet row) throws SQLException {
        Instant grantedUntil = instant(row, 11);
        return new Subscription(
                row.getString(1),
                terms(row, 16),
                row.getString(24) == null ? null : terms(row, 23),
                SubscriptionStatus.of(row.getString(2)),
                row.getTimestamp(3).toInstant(),
                row.getTimestamp(4).toInstant(),
                ZoneId.of(row.getString(5)),
                new Period(
                        row.getInt(6),
                        row.getTimestamp(7).toInstant(),
                        row.getTimestamp(8).toInstant()),
                row.getInt(9),
                row.getBoolean(10),
                grantedUntil == null
                        ? null
                        : new Subscription.Granted(grantedUntil, new Credits(row.getLong(12)), row.getBoolean(13)),
                row.getTimestamp(14).toInstant(),
                row.getTimestamp(15).toInstant());
    }

    private static Terms terms(ResultSet row, int from) throws SQLException {
        BigDecimal ratio = row.getBigDecimal(from + 3);
        return new Terms(
                new PlanTerms(
                        row.getString(from + 1),
                        new Credits(row.getLong(from + 2)),
                        ratio,
                        Rollover.of(row.getString(from + 4)),
                        credits(row, from + 5),
                        BillingInterval.of(row.getString(from + 6))),
                credits(row, from));
    }

    private static @Nullable Credits credits(ResultSet row, int column) throws SQLException {
        long millionths = row.getLong(column);
        return row.wasNull() ? null : new Credits(millionths);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static <V> @Nullable V ofNext(Subscription subscription, Function<Terms, @Nullable V> value) {
        return subscription.nextTerms() == null ? null : value.apply(subscription.nextTerms());
    }

    static void writeSubscriptions(RoundTrip writes, Collection<Subscription> rows, Set<String> onTestClock) {
        writes.write(
                """
                INSERT INTO subscription (account_id, plan_id, monthly_credits, next_plan_id, next_monthly_credits, status, status_since,
                                          anchor, time_zone, period_index, period_start, period_end, billed_from, cancel_at_period_end,
                                          granted_until, granted_allotment, granted_for_trial, created_at, updated_at, on_test_clock)
                SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::timestamptz[],
                                     ?::timestamptz[], ?::text[], ?::bigint[], ?::timestamptz[], ?::timestamptz[], ?::bigint[],
                                     ?::boolean[], ?::timestamptz[], ?::bigint[], ?::boolean[], ?::timestamptz[], ?::timestamptz[],
                                     ?::boolean[])
                ON CONFLICT (account_id) DO UPDATE SET
                    plan_id = excluded.plan_id, monthly_credits = excluded.monthly_credits, next_plan_id = excluded.next_plan_id,
                    next_monthly_credits = excluded.next_monthly_credits, status = excluded.status,
                    status_since = excluded.status_since, anchor = excluded.anchor, time_zone = excluded.time_zone,
                    period_index = excluded.period_index, period_start = excluded.period_start, period_end = excluded.period_end,
                    billed_from = excluded.billed_from, cancel_at_period_end = excluded.cancel_at_period_end,
                    granted_until = excluded.granted_until, granted_allotment = excluded.granted_allotment,
                    granted_for_trial = excluded.granted_for_trial, updated_at = excluded.updated_at""",
                List.of(
                        Column.text(rows, Subscription::accountId),
                        Column.text(rows, row -> row.terms().plan().planId()),
                        Column.credits(rows, row -> row.terms().own()),
                        Column.text(rows, row -> ofNext(row, next -> next.plan().planId())),
                        Column.credits(rows, row -> ofNext(row, Terms::own)),
                        Column.text(rows, row -> row.status().id()),
                        Column.instant(rows, Subscription::statusSince),
                        Column.instant(rows, Subscription::anchor),
                        Column.text(rows, row -> row.zone().getId()),
                        Column.bigint(rows, row -> row.period().index()),
                        Column.instant(rows, row -> row.period().start()),
                        Column.instant(rows, row -> row.period().end()),
                        Column.bigint(rows, Subscription::billedFrom),
                        Column.bool(rows, Subscription::cancelAtPeriodEnd),
                        Column.instant(
                                rows,
                                row -> row.granted() == null
                                        ? null
                                        : row.granted().until()),
                        Column.credits(
                                rows,
                                row -> row.granted() == null
                                        ? Credits.ZERO
                                        : row.granted().allotment()),
                        Column.bool(
                                rows,
                                row -> row.granted() != null && row.granted().forTrial()),
                        Column.instant(rows, Subscription::createdAt),
                        Column.instant(rows, Subscription::updatedAt),
                        Column.bool(rows, row -> onTestClock.contains(row.accountId()))),
                rows.size());
    }

    static void writeRenewals(RoundTrip writes, List<SubscriptionWork.Decided> rows) {
        writes.write(
                """
                INSERT INTO renewal (account_id, period_start, period_end, period_index, plan_id, outcome, granted, withheld,
                                     balance_before, cap, reason, grant_id, decided_at)
                SELECT * FROM unnest(?::text[], ?::timestamptz[], ?::timestamptz[], ?::bigint[], ?::text[], ?::text[], ?::bigint[],
                                     ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::uuid[], ?::timestamptz[])""",
                List.of(
                        Column.text(rows, row -> row.subscription().accountId()),
                        Column.instant(rows, row -> row.subscription().period().start()),
                        Column.instant(rows, row -> row.subscription().period().end()),
                        Column.bigint(rows, row -> row.subscription().period().index()),
                        Column.text(
                                rows, row -> row.subscription().terms().plan().planId()),
                        Column.text(rows, row -> row.grant().result().id()),
                        Column.credits(rows, row -> row.grant().granted()),
                        Column.credits(rows, row -> row.grant().withheld()),
                        Column.credits(rows, row -> row.grant().balance()),
                        Column.credits(rows, row -> row.grant().cap()),
                        Column.text(rows, row -> row.grant().reason()),
                        Column.uuid(rows, SubscriptionWork.Decided::grantId),
                        Column.instant(rows, row -> row.subscription().updatedAt())),
                rows.size());
    }

    static void writeChanges(RoundTrip writes, List<SubscriptionWork.Change> rows) {
        writes.write(
                """
                INSERT INTO subscription_change (account_id, change_id, kind, changed_at, changed_by, reason, previous_plan_id,
                                                 previous_status, plan_id, monthly_credits, next_plan_id, status, cancel_at_period_end,
                                                 anchor, time_zone, granted, withheld, grant_id)
                SELECT * FROM unnest(?::text[], ?::uuid[], ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[],
                                     ?::text[], ?::bigint[], ?::text[], ?::text[], ?::boolean[], ?::timestamptz[], ?::text[],
                                     ?::bigint[], ?::bigint[], ?::uuid[])""",
                List.of(
                        Column.text(rows, row -> row.after().accountId()),
                        Column.uuid(rows, SubscriptionWork.Change::changeId),
                        Column.text(rows, row -> row.kind().id()),
                        Column.instant(rows, row -> row.after().updatedAt()),
                        Column.text(rows, row -> row.author().by()),
                        Column.text(rows, row -> row.author().reason()),
                        Column.text(
                                rows,
                                row -> row.before() == null
                                        ? null
                                        : row.before().terms().plan().planId()),
                        Column.text(
                                rows,
                                row -> row.before() == null
                                        ? null
                                        : row.before().status().id()),
                        Column.text(rows, row -> row.after().terms().plan().planId()),
                        Column.credits(rows, row -> row.after().terms().own()),
                        Column.text(
                                rows,
                                row -> ofNext(row.after(), next -> next.plan().planId())),
                        Column.text(rows, row -> row.after().status().id()),
                        Column.bool(rows, row -> row.after().cancelAtPeriodEnd()),
                        Column.instant(rows, row -> row.after().anchor()),
                        Column.text(rows, row -> row.after().zone().getId()),
                        Column.credits(rows, SubscriptionWork.Change::granted),
                        Column.credits(rows, SubscriptionWork.Change::withheld),
                        Column.uuid(rows, SubscriptionWork.Change::grantId)),
                rows.size());
    }
}
