package ai.mavster.credits.subscription.history;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who changed an account's subscription, when and why. For pages. */
@Singleton
public class SubscriptionChanges {

    private final SubscriptionChangeRepository changes;

    SubscriptionChanges(SubscriptionChangeRepository changes) {
        this.changes = changes;
    }

    /**
     * A change.
     *
     * @param previousPlan null: there was none; {@code previousStatus} likewise
     * @param granted what it granted at once beside the month
     */
    public record Change(
            Instant at,
            String kind,
            @Nullable String previousPlan,
            String plan,
            @Nullable String previousStatus,
            String status,
            boolean cancelAtPeriodEnd,
            Credits granted,
            Author author,
            @Nullable String reason) {}

    /** The newest first. */
    public List<Change> newestFirst(String accountId, int most) {
        return QuarkusTransaction.requiringNew()
                .call(() -> changes.newestFirst(accountId, null, most).stream()
                        .map(SubscriptionChanges::of)
                        .toList());
    }

    private static Change of(SubscriptionChangeRow row) {
        return new Change(
                row.changedAt,
                row.kind,
                row.previousPlanId,
                row.planId,
                row.previousStatus,
                row.status,
                row.cancelAtPeriodEnd,
                new Credits(row.granted),
                new Author(EnumId.parse(Author.Type.class, row.authorType), row.authorId, row.authorName),
                row.reason);
    }
}
