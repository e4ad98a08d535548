package ai.mavster.credits.run;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.RoundTrip;
import ai.mavster.credits.pricing.Rate;
import ai.mavster.credits.pricing.RateCard;
import ai.mavster.credits.pricing.Rates;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prices debits that name an action instead of an amount, by the version of its rate that is in force when they are decided. */
@Singleton
class CardPrices implements Participant {

    private final Rates rates;

    CardPrices(Rates rates) {
        this.rates = rates;
    }

    @Override
    public Work begin(RoundTrip reads, Scope scope) {
        PriceWork work = new PriceWork();
        if (scope.commands().stream().anyMatch(CardPrices::needsPrice)) {
            reads.query("SELECT revision FROM rate_card", List.of(), row -> work.card = rates.at(row.getLong(1)));
        }
        return work;
    }

    private static boolean needsPrice(Command<?> command) {
        return command instanceof Command.Debit debit && debit.credits() == null;
    }

    private static final class PriceWork implements Work {

        private @Nullable RateCard card;

        @Override
        public @Nullable Price price(Command.Debit debit, Instant now) {
            String action = debit.purpose().action();
            if (card == null || action == null) {
                throw new IllegalStateException("A debit has an amount or an action");
            }
            BigDecimal quantity = debit.purpose().quantity() == null
                    ? BigDecimal.ONE
                    : debit.purpose().quantity();
            Optional<Rate> rate = card.rate(action, now);
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
                    .map(credits -> new Price(credits, null))
                    .orElseGet(() -> refused(
                            Refusal.Code.ACTION_NOT_PRICED,
                            "This quantity " + rate.get().limitExceeded(quantity) + ".",
                            action));
        }

        private static Price refused(Refusal.Code code, String detail, String action) {
            return new Price(null, new Refusal(code, detail, Map.of("rate_action", action)));
        }
    }
}
