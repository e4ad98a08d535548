package ai.mavster.credits.debit;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Prices;
import ai.mavster.credits.pricing.Rate;
import ai.mavster.credits.pricing.RateCard;
import ai.mavster.credits.pricing.Rates;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prices debits that name an action instead of an amount, by the version of its rate that is in force when they are
 * decided.
 */
@Singleton
class RateCardPrices implements Prices {

    private final Rates rates;

    RateCardPrices(Rates rates) {
        this.rates = rates;
    }

    @Override
    public InBatch read(RoundTrip reads, List<Command.Debit> debits) {
        Current current = new Current();
        if (!debits.isEmpty()) {
            reads.query("SELECT revision FROM rate_card", row -> current.card = rates.at(row.bigint()));
        }
        return current;
    }

    private static final class Current implements InBatch {

        private @Nullable RateCard card;

        @Override
        public Outcome<Credits> price(Command.Debit debit, Instant at) {
            String action = debit.purpose().action();
            if (card == null || action == null) {
                throw new IllegalStateException("A debit has an amount or an action");
            }
            BigDecimal quantity = debit.purpose().quantity() == null
                    ? BigDecimal.ONE
                    : debit.purpose().quantity();
            Optional<Rate> rate = card.rate(action, at);
            if (rate.isEmpty()) {
                return refused(
                        Refusal.Code.ACTION_NOT_PRICED,
                        "The rate card has no rate for %s now. Send credits, or have the rate added.".formatted(action),
                        action);
            }
            if (!rate.get().isFixed()) {
                return refused(
                        Refusal.Code.AMOUNT_REQUIRED,
                        "%s costs from %s to %s: send the actual amount as credits."
                                .formatted(
                                        action,
                                        rate.get().minimum(),
                                        rate.get().maximum().inWords()),
                        action);
            }
            return rate.get()
                    .price(quantity)
                    .map(Outcome::accepted)
                    .orElseGet(() -> refused(
                            Refusal.Code.ACTION_NOT_PRICED,
                            "This quantity " + rate.get().limitExceeded(quantity) + ".",
                            action));
        }

        private static Outcome<Credits> refused(Refusal.Code code, String detail, String action) {
            return Outcome.refused(new Refusal(code, detail, Map.of("rate_action", action)));
        }
    }
}
