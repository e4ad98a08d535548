package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.plan.BillingInterval;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.plan.Rollover;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.subscription.terms.Period;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import ai.mavster.credits.subscription.terms.Terms;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Subscriptions as the service would have written them, by the thousand. */
public final class SubscribedAccounts {

    private static final int CHUNK = 5_000;
    private static final ZoneId UTC = ZoneId.of("UTC");

    private SubscribedAccounts() {}

    /**
     * Accounts subscribed to Basic, and granted the first month.
     *
     * @param connection sends values as binary
     * @param accounts how many; their ids are the prefix with a number from 0 on
     * @param anchor to the microsecond
     */
    public static void insert(Connection connection, String prefix, int accounts, Instant anchor) throws SQLException {
        PlanTerms basic = new PlanTerms(
                "basic", Credits.of(3000), new BigDecimal("1.5"), Rollover.CAPPED, null, BillingInterval.MONTH, 1);
        Period first = Period.of(anchor, UTC, 0);
        for (int done = 0; done < accounts; done += CHUNK) {
            List<SubscriptionTable.Saved> rows = new ArrayList<>(CHUNK);
            for (int i = done; i < Math.min(accounts, done + CHUNK); i++) {
                Subscription subscription = new Subscription(
                        prefix + i,
                        new Terms(basic, null),
                        null,
                        SubscriptionStatus.ACTIVE,
                        anchor,
                        anchor,
                        UTC,
                        first,
                        0,
                        false,
                        new Subscription.Granted(first.end(), basic.allotment(), false),
                        null,
                        anchor,
                        anchor);
                rows.add(new SubscriptionTable.Saved(subscription, false));
            }
            RoundTrip writes = RoundTrip.ofAnyAccounts();
            SubscriptionTable.write(writes, rows);
            writes.run(connection);
        }
    }
}
