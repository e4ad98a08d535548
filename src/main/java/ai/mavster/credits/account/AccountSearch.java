package ai.mavster.credits.account;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.account.AccountSearchRepository.Found;
import ai.mavster.credits.account.AccountSearchRepository.Order;
import ai.mavster.credits.account.AccountSearchRepository.Place;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Instants;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.reading.ListSearch;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.subscription.SubscriptionView;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A search through all accounts: candidates come in the order of an index, and each is read as it is now, by what
 * the ledger says of it.
 */
final class AccountSearch extends ListSearch<Place, Found, AccountSearch.Match> {

    private static final String SEPARATOR = "\n";

    private final AccountSearchRepository accounts;
    private final Ledger ledger;
    private final Filter filter;

    AccountSearch(AccountSearchRepository accounts, Ledger ledger, Filter filter) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.filter = filter;
    }

    /**
     * Which accounts; null, or empty: any.
     *
     * @param text what their id, name or mail address begins with
     * @param from belongs to the time of their making, {@code to} does not
     * @param least of their balance, {@code most} likewise
     */
    record Filter(
            @Nullable String text,
            @Nullable String plan,
            List<SubscriptionStatus> statuses,
            @Nullable Boolean blocked,
            @Nullable Credits least,
            @Nullable Credits most,
            @Nullable Instant from,
            @Nullable Instant to) {

        /** A mail address has no more. */
        private static final int LONGEST = 254;

        static Filter of(Query query) {
            return new Filter(
                    text(query),
                    query.matching("plan", Identifier.PATTERN),
                    query.anyOf("status", SubscriptionStatus.class),
                    query.flagOrNull("blocked"),
                    query.credits("balance_min"),
                    query.credits("balance_max"),
                    query.instant("from"),
                    query.instant("to"));
        }

        private static @Nullable String text(Query query) {
            String text = query.text("q");
            if (text != null && text.codePointCount(0, text.length()) > LONGEST) {
                throw new InvalidInput("q", "must have at most " + LONGEST + " characters");
            }
            return text;
        }

        private boolean accepts(Found found) {
            return (text == null || !found.isRepeated(text))
                    && (from == null || !found.createdAt().isBefore(from))
                    && (to == null || found.createdAt().isBefore(to));
        }

        private boolean accepts(AccountSummary account) {
            SubscriptionView subscription = account.subscription();
            return (plan == null
                            || (subscription != null
                                    && subscription
                                            .subscription()
                                            .terms()
                                            .plan()
                                            .planId()
                                            .equals(plan)))
                    && (statuses.isEmpty() || (subscription != null && statuses.contains(subscription.status())))
                    && (blocked == null || blocked == (account.blocked() != null))
                    && (least == null || !account.balance().isLessThan(least))
                    && (most == null || !most.isLessThan(account.balance()));
        }
    }

    /** An account that was found, as it is now. */
    record Match(Found found, AccountSummary account) {}

    @Override
    protected List<Found> after(@Nullable Place last) {
        return QuarkusTransaction.requiringNew().call(() -> next(last));
    }

    @Override
    protected Place place(Found row) {
        return row.place();
    }

    private List<Found> next(@Nullable Place last) {
        if (filter.text == null) {
            return accounts.newest(filter.from, filter.to, last, SLICE);
        }
        Place after = last;
        for (Order order : List.of(Order.ID, Order.NAME, Order.MAIL)) {
            if (after == null || after.order() == order) {
                List<Found> found = accounts.beginning(filter.text, order, after, SLICE);
                if (!found.isEmpty()) {
                    return found;
                }
                after = null;
            }
        }
        return List.of();
    }

    @Override
    protected List<Map.Entry<Found, Match>> matching(List<Found> slice) {
        List<Found> candidates = slice.stream().filter(filter::accepts).toList();
        List<CompletionStage<Outcome<AccountSummary>>> reads = candidates.stream()
                .map(found -> ledger.read(found.place().accountId(), AccountSummary::of))
                .toList();
        List<Map.Entry<Found, Match>> matches = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            AccountSummary account = Outcome.await(reads.get(i));
            if (filter.accepts(account)) {
                matches.add(Map.entry(candidates.get(i), new Match(candidates.get(i), account)));
            }
        }
        return matches;
    }

    @Override
    protected String cursor(Place place) {
        return Cursor.of(String.join(SEPARATOR, place.order().name(), place.accountId(), place.key()));
    }

    /** The place that a cursor names. */
    @Nullable
    Place start(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        String[] parts = cursor.split(SEPARATOR, 3);
        for (Order order : Order.values()) {
            boolean fits = (order == Order.NEWEST) == (filter.text == null);
            if (fits && parts.length == 3 && parts[0].equals(order.name()) && parts[1].matches(Identifier.PATTERN)) {
                return checked(new Place(order, parts[2], parts[1]));
            }
        }
        throw new InvalidInput("cursor", "is not a cursor of this list");
    }

    private static Place checked(Place place) {
        if (place.order() == Order.NEWEST) {
            try {
                Instants.parse(place.key());
            } catch (IllegalArgumentException notOurs) {
                throw new InvalidInput("cursor", "is not a cursor of this list");
            }
        }
        return place;
    }
}
