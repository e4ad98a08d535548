package ai.mavster.credits.checkout;

import static java.util.Objects.requireNonNull;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** What a credit costs where no pack is bought. By real time, whatever clock an account has: money does. */
public final class CreditPrices {

    private record Asked(String accountId, Instant at) {}

    private static final Lookup<Asked> IN_FORCE = Lookup.by(
            List.of(Column.text("account_id", Asked::accountId), Column.instant("asked_at", Asked::at)),
            keys -> """
                    SELECT p.credits, p.amount, p.currency, p.effective_from
                    FROM %s
                    CROSS JOIN LATERAL (SELECT * FROM credit_price WHERE effective_from <= k.asked_at
                                        ORDER BY effective_from DESC LIMIT 1) p""".formatted(keys.rows()));

    private CreditPrices() {}

    /** Reads the price that is in force at an instant within a ledger's transaction, on behalf of an account. */
    public static void read(RoundTrip reads, String accountId, Instant at, Consumer<CreditPrice> found) {
        IN_FORCE.in(reads, List.of(new Asked(accountId, at)), row -> found.accept(price(row)));
    }

    private static CreditPrice price(Row row) throws SQLException {
        Credits credits = row.credits();
        Money amount = new Money(requireNonNull(row.numericOrNull()), row.text());
        return new CreditPrice(credits, amount, row.instant());
    }
}
