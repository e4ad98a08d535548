package ai.mavster.credits.subscription;

import static java.util.Objects.requireNonNull;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.plan.PlanTable;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.Table;
import ai.mavster.credits.subscription.terms.PaidTime;
import ai.mavster.credits.subscription.terms.Period;
import ai.mavster.credits.subscription.terms.ProviderSubscription;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import ai.mavster.credits.subscription.terms.Terms;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tables {@code subscription} and {@code renewal}, as the ledger's transactions read and write them. */
final class SubscriptionTable {

    /**
     * A subscription as it is to be kept.
     *
     * @param onTestClock whether its account is, which never changes
     */
    record Saved(Subscription subscription, boolean onTestClock) {

        private <V> @Nullable V ofNext(Function<Terms, @Nullable V> value) {
            return subscription.nextTerms() == null ? null : value.apply(subscription.nextTerms());
        }

        private <V> @Nullable V ofProvider(Function<ProviderSubscription, V> value) {
            return subscription.provider() == null ? null : value.apply(subscription.provider());
        }

        private <V> @Nullable V ofPaid(Function<PaidTime, V> value) {
            PaidTime paid = subscription.provider() == null
                    ? null
                    : subscription.provider().paid();
            return paid == null ? null : value.apply(paid);
        }

        private Credits grantedAllotment() {
            return subscription.granted() == null
                    ? Credits.ZERO
                    : subscription.granted().allotment();
        }

        private <V> @Nullable V ofGranted(Function<Subscription.Granted, @Nullable V> value) {
            return subscription.granted() == null ? null : value.apply(subscription.granted());
        }
    }

    private static final Table<Saved> SUBSCRIPTION = Table.<Saved>named("subscription")
            .key(Column.text("account_id", row -> row.subscription.accountId()))
            .changing(Column.text("status", row -> row.subscription.status().id()))
            .changing(Column.instant("status_since", row -> row.subscription.statusSince()))
            .changing(Column.instant("anchor", row -> row.subscription.anchor()))
            .changing(Column.text("time_zone", row -> row.subscription.zone().getId()))
            .changing(Column.bigint(
                    "period_index", row -> row.subscription.period().index()))
            .changing(Column.instant(
                    "period_start", row -> row.subscription.period().start()))
            .changing(Column.instant(
                    "period_end", row -> row.subscription.period().end()))
            .changing(Column.bigint("billed_from", row -> row.subscription.billedFrom()))
            .changing(Column.bool("cancel_at_period_end", row -> row.subscription.cancelAtPeriodEnd()))
            .changing(Column.instant("granted_until", row -> row.ofGranted(Subscription.Granted::until)))
            .changing(Column.credits("granted_allotment", Saved::grantedAllotment))
            .changing(Column.bool(
                    "granted_for_trial", row -> Boolean.TRUE.equals(row.ofGranted(Subscription.Granted::forTrial))))
            .column(Column.instant("created_at", row -> row.subscription.createdAt()))
            .changing(Column.instant("updated_at", row -> row.subscription.updatedAt()))
            .changing(Column.credits(
                    "monthly_credits", row -> row.subscription.terms().own()))
            .changing(Column.credits("next_monthly_credits", row -> row.ofNext(Terms::own)))
            .changing(Column.text("provider_subscription", row -> row.ofProvider(ProviderSubscription::id)))
            .changing(Column.instant("provider_created_at", row -> row.ofProvider(ProviderSubscription::createdAt)))
            .changing(Column.instant("fetched_at", row -> row.ofProvider(ProviderSubscription::fetchedAt)))
            .changing(Column.instant("paid_from", row -> row.ofPaid(PaidTime::from)))
            .changing(Column.instant("paid_until", row -> row.ofPaid(PaidTime::until)))
            .changing(Column.text(
                    "plan_id", row -> row.subscription.terms().plan().planId()))
            .changing(Column.text(
                    "next_plan_id", row -> row.ofNext(next -> next.plan().planId())))
            .column(Column.bool("on_test_clock", Saved::onTestClock))
            .withChecksum();

    private static final Table<GrantDecided> RENEWAL = Table.<GrantDecided>named("renewal")
            .key(Column.text("account_id", row -> row.subscription().accountId()))
            .key(Column.instant(
                    "period_start", row -> row.subscription().period().start()))
            .column(Column.instant(
                    "period_end", row -> row.subscription().period().end()))
            .column(Column.bigint(
                    "period_index", row -> row.subscription().period().index()))
            .column(Column.text(
                    "plan_id", row -> row.subscription().terms().plan().planId()))
            .column(Column.bigint(
                    "plan_version", row -> row.subscription().terms().plan().version()))
            .column(Column.text("outcome", row -> row.grant().result().id()))
            .column(Column.credits("granted", row -> row.grant().granted()))
            .column(Column.credits("withheld", row -> row.grant().withheld()))
            .column(Column.credits("balance_before", row -> row.grant().balance()))
            .column(Column.credits("cap", row -> row.grant().cap()))
            .column(Column.text("reason", row -> row.grant().reason()))
            .column(Column.uuid("grant_id", GrantDecided::grantId))
            .column(Column.instant("decided_at", row -> row.subscription().updatedAt()))
            .withChecksum();

    private static final Lookup<String> READ = Lookup.by(List.of(Column.text("account_id")), keys ->
            """
                    SELECT %s, %s, %s
                    FROM subscription s JOIN plan p ON p.plan_id = s.plan_id LEFT JOIN plan n ON n.plan_id = s.next_plan_id
                    WHERE s.account_id %s""".formatted(SUBSCRIPTION.select("s"), PlanTable.columns("p"), PlanTable.columns("n"), keys.only()));

    private SubscriptionTable() {}

    static Table<Saved> subscriptions() {
        return SUBSCRIPTION;
    }

    static Table<GrantDecided> decisions() {
        return RENEWAL;
    }

    static void read(RoundTrip reads, Set<String> accountIds, Consumer<Subscription> found) {
        READ.in(reads, accountIds, row -> found.accept(subscription(row)));
    }

    private static Subscription subscription(Row row) throws SQLException {
        String accountId = row.text();
        SubscriptionStatus status = EnumId.parse(SubscriptionStatus.class, row.text());
        Instant statusSince = row.instant();
        Instant anchor = row.instant();
        ZoneId zone = ZoneId.of(row.text());
        Period period = new Period(row.integer(), row.instant(), row.instant());
        int billedFrom = row.integer();
        boolean cancelAtPeriodEnd = row.bool();
        Instant grantedUntil = row.instantOrNull();
        Credits grantedAllotment = row.creditsOrNull();
        boolean grantedForTrial = row.bool();
        Instant createdAt = row.instant();
        Instant updatedAt = row.instant();
        Credits own = row.creditsOrNull();
        Credits nextOwn = row.creditsOrNull();
        ProviderSubscription provider = provider(row);
        PlanTerms plan = requireNonNull(PlanTable.read(row.skip(3)));
        PlanTerms next = PlanTable.read(row);
        return new Subscription(
                accountId,
                new Terms(plan, own),
                next == null ? null : new Terms(next, nextOwn),
                status,
                statusSince,
                anchor,
                zone,
                period,
                billedFrom,
                cancelAtPeriodEnd,
                grantedUntil == null || grantedAllotment == null
                        ? null
                        : new Subscription.Granted(grantedUntil, grantedAllotment, grantedForTrial),
                provider,
                createdAt,
                updatedAt);
    }

    private static @Nullable ProviderSubscription provider(Row row) throws SQLException {
        String id = row.textOrNull();
        Instant createdAt = row.instantOrNull();
        Instant fetchedAt = row.instantOrNull();
        Instant paidFrom = row.instantOrNull();
        Instant paidUntil = row.instantOrNull();
        return id == null
                ? null
                : new ProviderSubscription(
                        id,
                        requireNonNull(createdAt),
                        requireNonNull(fetchedAt),
                        paidFrom == null ? null : new PaidTime(paidFrom, requireNonNull(paidUntil)));
    }

    static void write(RoundTrip writes, Collection<Saved> rows) {
        SUBSCRIPTION.upsert(writes, rows);
    }

    static void writeDecisions(RoundTrip writes, List<GrantDecided> rows) {
        RENEWAL.insert(writes, rows);
    }
}
