package ai.mavster.credits.subscription.history;

import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Table;
import java.util.List;

/** The table {@code subscription_change}, as the ledger's transactions write it. */
public final class SubscriptionChangeTable {

    private static final Table<SubscriptionChanged> CHANGE = Table.<SubscriptionChanged>named("subscription_change")
            .key(Column.text("account_id", row -> row.after().accountId()))
            .key(Column.uuid("change_id", SubscriptionChanged::changeId))
            .column(Column.text("kind", row -> row.kind().id()))
            .column(Column.instant("changed_at", row -> row.after().updatedAt()))
            .column(Column.text(
                    "author_type", row -> row.cause().author().type().id()))
            .column(Column.text("author_id", row -> row.cause().author().id()))
            .column(Column.text("author_name", row -> row.cause().author().name()))
            .column(Column.text("reason", row -> row.cause().reason()))
            .column(Column.text(
                    "previous_plan_id",
                    row -> row.before() == null
                            ? null
                            : row.before().terms().plan().planId()))
            .column(Column.text(
                    "previous_status",
                    row -> row.before() == null ? null : row.before().status().id()))
            .column(Column.text("plan_id", row -> row.after().terms().plan().planId()))
            .column(Column.bigint(
                    "plan_version", row -> row.after().terms().plan().version()))
            .column(Column.credits("monthly_credits", row -> row.after().terms().own()))
            .column(Column.text(
                    "next_plan_id",
                    row -> row.after().nextTerms() == null
                            ? null
                            : row.after().nextTerms().plan().planId()))
            .column(Column.text("status", row -> row.after().status().id()))
            .column(Column.bool("cancel_at_period_end", row -> row.after().cancelAtPeriodEnd()))
            .column(Column.instant("anchor", row -> row.after().anchor()))
            .column(Column.text("time_zone", row -> row.after().zone().getId()))
            .column(Column.credits("granted", SubscriptionChanged::granted))
            .column(Column.credits("withheld", SubscriptionChanged::withheld))
            .column(Column.uuid("grant_id", SubscriptionChanged::grantId))
            .withChecksum();

    private SubscriptionChangeTable() {}

    public static Table<SubscriptionChanged> table() {
        return CHANGE;
    }

    public static void write(RoundTrip writes, List<SubscriptionChanged> changes) {
        CHANGE.insert(writes, changes);
    }
}
