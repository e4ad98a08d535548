package ai.mavster.credits.subscription;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.reading.ListSearch;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.subscription.SubscriptionRepository.Place;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A search through all subscriptions, each as it is now. */
final class SubscriptionSearch extends ListSearch<Place, Place, SubscriptionView> {

    private final SubscriptionRepository subscriptions;
    private final Ledger ledger;
    private final Filter filter;

    SubscriptionSearch(SubscriptionRepository subscriptions, Ledger ledger, Filter filter) {
        this.subscriptions = subscriptions;
        this.ledger = ledger;
        this.filter = filter;
    }

    /**
     * Which subscriptions; null: any.
     *
     * @param due only those whose period is over by {@code now}
     */
    record Filter(
            @Nullable SubscriptionStatus status, @Nullable String plan, boolean due, Instant now) {

        static Filter of(Query query, Instant now) {
            SubscriptionStatus status = query.oneOf("status", SubscriptionStatus.class);
            boolean due = query.flag("due");
            if (due && status != null && !status.isRunning()) {
                throw new InvalidInput("status", "must be active or trialing where due is true: no other one renews");
            }
            return new Filter(status, query.matching("plan", Identifier.PATTERN), due, now);
        }

        private boolean accepts(SubscriptionView view) {
            return (status == null || view.status() == status)
                    && (plan == null
                            || view.subscription().terms().plan().planId().equals(plan));
        }

        /** So that the cursors of one order are not taken for those of the other. */
        private String order() {
            return due ? "due" : "made";
        }
    }

    @Override
    protected List<Place> after(@Nullable Place last) {
        return QuarkusTransaction.requiringNew()
                .call(() -> filter.due
                        ? subscriptions.due(filter.now, last, SLICE)
                        : subscriptions.newest(filter.status, last, SLICE));
    }

    @Override
    protected Place place(Place row) {
        return row;
    }

    @Override
    protected List<Map.Entry<Place, SubscriptionView>> matching(List<Place> slice) {
        List<CompletionStage<Outcome<SubscriptionView>>> views = slice.stream()
                .map(place -> ledger.read(place.accountId(), SubscriptionView::required))
                .toList();
        List<Map.Entry<Place, SubscriptionView>> matching = new ArrayList<>();
        for (int i = 0; i < slice.size(); i++) {
            SubscriptionView view = Outcome.await(views.get(i));
            if (filter.accepts(view)) {
                matching.add(Map.entry(slice.get(i), view));
            }
        }
        return matching;
    }

    @Override
    protected String cursor(Place place) {
        return Cursor.of(place.time(), List.of(filter.order(), place.accountId()));
    }

    /** The place that a cursor names. */
    @Nullable
    Place start(Cursor.@Nullable Place cursor) {
        if (cursor == null) {
            return null;
        }
        String accountId = cursor.ids().get(1);
        if (!cursor.ids().get(0).equals(filter.order()) || !accountId.matches(Identifier.PATTERN)) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        return new Place(cursor.time(), accountId);
    }
}
