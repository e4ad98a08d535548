package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.ledger.Answers;
import ai.mavster.credits.ledger.Books;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.pricing.Estimate;
import ai.mavster.credits.pricing.Rates;
import jakarta.inject.Singleton;
import java.sql.SQLException;
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
    private final RunHistory history;
    private final Ledger ledger;
    private final Answers answers;

    Estimates(Rates rates, RunHistory history, Ledger ledger, Answers answers) {
        this.rates = rates;
        this.history = history;
        this.ledger = ledger;
        this.answers = answers;
    }

    /**
     * Of items, by the rates that are in force at the account's time and what their actions have cost under them.
     *
     * @param field what the caller calls the items: {@code items}
     * @throws ProblemException 404 without such an account; 400 that names the first item without a price
     * @throws SQLException if the database does not answer
     */
    public Forecast of(String accountId, String field, List<Item> items) throws SQLException {
        Instant now = answers.await(ledger.look(accountId, Books::asOf));
        List<Estimate.Item> wanted = items.stream().map(Item::toPrice).toList();
        Estimate byCard = Estimate.of(rates.current(), wanted, now).fold(made -> made, unpriced -> {
            throw Problems.invalidRequest(
                    "%s[%d].%s".formatted(field, unpriced.index(), unpriced.field()), unpriced.message());
        });
        Map<String, Instant> since = new HashMap<>();
        byCard.lines()
                .forEach(line -> since.put(line.rate().action(), line.rate().effectiveFrom()));
        Forecast forecast = Forecast.of(byCard, history.unitCosts(accountId, since));
        if (Credits.MAX_AMOUNT.isLessThan(forecast.max())) {
            throw Problems.invalidRequest(
                    field,
                    "come to more than the %s that one command may move".formatted(Credits.MAX_AMOUNT.inWords()));
        }
        return forecast;
    }

    /**
     * As a run's {@code estimate} says it: that number, or what the items come to.
     *
     * @throws ProblemException 400 that names the first item without a price
     * @throws SQLException if the database does not answer
     */
    public Forecast of(String accountId, EstimateWish wish) throws SQLException {
        return wish.credits() == null ? of(accountId, "estimate", wish.items()) : Forecast.told(wish.credits());
    }

    /** Of a run of a test, by what its latest runs have cost; 400 if they are too few. */
    Forecast ofTest(String accountId, @Nullable String projectId, String testId) throws SQLException {
        List<Credits> costs = history.pastRuns(accountId, projectId, testId).ofTest().stream()
                .map(PastRuns.Past::cost)
                .toList();
        if (costs.size() < PastRuns.LEAST) {
            throw Problems.invalidRequest(
                    "items",
                    "must be given: an estimate by history takes %d finished runs of the test, and there are %d"
                            .formatted(PastRuns.LEAST, costs.size()));
        }
        return Forecast.of(costs);
    }

    /**
     * How much to set aside for a run whose caller leaves it to us: so much that it would have been enough for nine of ten runs before.
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
