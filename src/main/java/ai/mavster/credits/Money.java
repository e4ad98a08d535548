package ai.mavster.credits;

import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An amount of money: exact, in major units, with as many decimals as its currency has. Credits are not money; this is
 * what was paid for them.
 *
 * @param value more than zero, less than 10^12
 * @param currency by its ISO 4217 code, in capitals
 */
@Schema(
        name = "Money",
        description = "Money, in major units and no finer than the currency. Exact: read and write it as a decimal.",
        examples = """
        {"value": 49.00, "currency": "EUR"}""")
public record Money(
        @NotNull
        @Schema(
                type = SchemaType.NUMBER,
                minimum = "0",
                exclusiveMinimum = true,
                maximum = "999999999999.9999",
                description = "More than nothing, with no more decimals than the currency has.",
                examples = "49.00")
        BigDecimal value,

        @NotNull @Schema(pattern = "^[A-Z]{3}$", description = "Its ISO 4217 code.", examples = "EUR")
        String currency) {

    private static final int MOST_DIGITS = 12;

    private static final String NO_CURRENCY = "must be the ISO 4217 code of a currency, such as EUR";

    /** Those that money comes in; not gold, or a unit for tests. */
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * @throws InvalidInput on {@code value} or {@code currency}, if it is no amount of money
     */
    public Money {
        if (!CURRENCIES.contains(currency)) {
            throw new InvalidInput("currency", NO_CURRENCY);
        }
        int decimals = Currency.getInstance(currency).getDefaultFractionDigits();
        BigDecimal stripped = value.stripTrailingZeros();
        // Before any rescaling: 1e999999999 would otherwise be written out in full.
        if (value.signum() <= 0 || (long) stripped.precision() - stripped.scale() > MOST_DIGITS) {
            throw new InvalidInput("value", "must be greater than 0 and less than 1000000000000");
        }
        if (stripped.scale() > decimals) {
            throw new InvalidInput("value", "must have at most %d decimals in %s".formatted(decimals, currency));
        }
        value = stripped.setScale(decimals, RoundingMode.UNNECESSARY);
    }
}
