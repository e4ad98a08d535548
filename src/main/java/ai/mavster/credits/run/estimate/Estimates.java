package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.pricing.Quote;
import ai.mavster.credits.pricing.Rates;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What runs will cost. Blocks: it reads the rate card's revision and what runs have cost from the database. */
@Singleton
public class Estimates {

    private final Rates rates;
    private final RunHistoryRepository history;
    private final Ledger ledger;
    private final Clock clock;

    Estimates(Rates rates, RunHistoryRepository history, Ledger ledger, Clock clock) {
        this.rates = rates;
        this.history = history;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Of items, by the rates that are in force at the account's time and what their actions have cost under them.
     *
     * @param field what the caller calls the items: {@code items}
     * @throws RefusalException without such an account
     * @throws InvalidInput that names the first item without a price
     * @throws SQLException if the database does not answer
     */
    public Forecast of(String accountId, String field, List<Item> items) throws SQLException {
        Instant now = Outcome.await(ledger.read(accountId, AccountView::asOf));
        Quote byCard = quote(field, items, now);
        Map<String, Instant> since = new HashMap<>();
        byCard.lines()
                .forEach(line -> since.put(line.rate().action(), line.rate().effectiveFrom()));
        return bounded(field, Forecast.of(byCard, history.unitCosts(accountId, since)));
    }

    private Quote quote(String field, List<Item> items, Instant at) throws SQLException {
        List<Quote.Item> wanted = items.stream().map(Item::toPrice).toList();
        return Quote.of(rates.current(), wanted, at).fold(made -> made, unpriced -> {
            throw new InvalidInput(
                    "%s[%d].%s".formatted(field, unpriced.index(), unpriced.field()), unpriced.message());
        });
    }

    private static Forecast bounded(String field, Forecast forecast) {
        if (Credits.MAX_AMOUNT.isLessThan(forecast.max())) {
            throw new InvalidInput(
                    field,
                    "come to more than the %s that one command may move".formatted(Credits.MAX_AMOUNT.inWords()));
        }
        return forecast;
    }

    /**
     * As a run's {@code estimate} says it: that number, or what the items come to.
     *
     * @throws InvalidInput that names the first item without a price
     * @throws SQLException if the database does not answer
     */
    public Forecast of(String accountId, RunEstimate estimate) throws SQLException {
        return estimate.credits() == null
                ? of(accountId, "estimate", estimate.items())
                : Forecast.given(estimate.credits());
    }

    /**
     * Of items, by the rates that are in force now.
     *
     * @param field what the caller calls the items: {@code items}
     * @throws InvalidInput that names the first item without a price
     * @throws SQLException if the database does not answer
     */
    Forecast byCard(String field, List<Item> items) throws SQLException {
        return bounded(field, Forecast.of(quote(field, items, clock.instant()), Map.of()));
    }

    /** Of a run of a test, by what its latest runs have cost; refused as invalid input if they are too few. */
    Forecast ofTest(String accountId, @Nullable String projectId, String testId) throws SQLException {
        List<Credits> costs = costs(accountId, projectId, testId);
        if (costs.size() < PastRuns.LEAST) {
            throw new InvalidInput(
                    "items",
                    "must be given: an estimate by history takes %d finished runs of the test, and there are %d"
                            .formatted(PastRuns.LEAST, costs.size()));
        }
        return Forecast.of(costs);
    }

    /**
     * What a run of a test is expected to cost, by what its latest runs have.
     *
     * @return empty if they are too few
     * @throws SQLException if the database does not answer
     */
    public Optional<Credits> expectedOfTest(String accountId, @Nullable String projectId, String testId)
            throws SQLException {
        List<Credits> costs = costs(accountId, projectId, testId);
        return costs.size() < PastRuns.LEAST
                ? Optional.empty()
                : Optional.of(Forecast.of(costs).expected());
    }

    private List<Credits> costs(String accountId, @Nullable String projectId, String testId) throws SQLException {
        return history.pastRuns(accountId, projectId, testId).ofTest().stream()
                .map(PastRuns.Past::cost)
                .toList();
    }

    /**
     * How much to reserve for a run whose caller leaves it to us: so much that it would have been enough for nine of
     * ten runs before.
     *
     * @param estimate null: there is none
     * @return empty if there is neither an estimate nor a history to go by
     * @throws SQLException if the database does not answer
     */
    public Optional<Credits> defaultHold(
            String accountId, @Nullable String projectId, @Nullable String testId, @Nullable Forecast estimate)
            throws SQLException {
        return DefaultHold.of(estimate, history.pastRuns(accountId, projectId, testId));
    }
}
