package ai.mavster.credits.report;

import ai.mavster.credits.ledger.posting.PostingKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What was paid in one currency for a group's credits, and what became of it as these were spent: each credit of a grant
 * stands for its part of what was paid. Added up bit by bit, for one thread.
 */
final class PaidFigures {

    /** Divisions leave errors of far less than half of it. */
    private static final int EXACT_DECIMALS = 8;

    private BigDecimal received = BigDecimal.ZERO;
    private BigDecimal used = BigDecimal.ZERO;
    private BigDecimal expired = BigDecimal.ZERO;
    private BigDecimal voided = BigDecimal.ZERO;
    private BigDecimal reversed = BigDecimal.ZERO;
    private BigDecimal closing = BigDecimal.ZERO;

    /** The same, rounded to what the currency has. */
    @Schema(
            name = "PaidFor",
            description =
                    "What was paid for these credits, in one currency, and what became of it as they were used. opening + received - used -"
                            + " expired - voided + reversed = closing, always: used is rounded so that it does.",
            examples = """
            {"currency": "EUR", "opening": 12.00, "received": 49.00, "used": 20.40, "expired": 0.00, "voided": 0.00, "reversed": 0.10,\
             "closing": 40.70}""")
    record Rounded(
            @Schema(description = "By its ISO 4217 code.", examples = "EUR")
            String currency,

            @Schema(description = "What was paid for what was left when the range began.")
            BigDecimal opening,

            @Schema(description = "What was paid for the grants of the range.")
            BigDecimal received,

            @Schema(description = "Of what debits took.") BigDecimal used,

            BigDecimal expired,
            BigDecimal voided,
            BigDecimal reversed,

            @Schema(description = "What was paid for what was left when the range ended.")
            BigDecimal closing) {}

    /** What is left by now; less what has moved later. */
    void left(BigDecimal value) {
        closing = closing.add(value);
    }

    void moved(PostingKind kind, BigDecimal value) {
        switch (kind) {
            case MONTHLY_GRANT, PROMOTIONAL, TOP_UP -> received = received.add(value);
            case ADJUSTMENT -> {
                if (value.signum() < 0) {
                    voided = voided.subtract(value);
                } else {
                    received = received.add(value);
                }
            }
            case VOID -> voided = voided.subtract(value);
            case DEBIT -> used = used.subtract(value);
            case EXPIRY -> expired = expired.subtract(value);
            case REVERSAL -> reversed = reversed.add(value);
        }
    }

    Rounded rounded(String currency) {
        int decimals = Currency.getInstance(currency).getDefaultFractionDigits();
        BigDecimal opening = rounded(
                closing.subtract(received).add(used).add(expired).add(voided).subtract(reversed), decimals);
        BigDecimal in = rounded(received, decimals);
        BigDecimal expiredValue = rounded(expired, decimals);
        BigDecimal taken = rounded(voided, decimals);
        BigDecimal back = rounded(reversed, decimals);
        BigDecimal end = rounded(closing, decimals);
        BigDecimal spent =
                opening.add(in).subtract(expiredValue).subtract(taken).add(back).subtract(end);
        return new Rounded(currency, opening, in, spent, expiredValue, taken, back, end);
    }

    private static BigDecimal rounded(BigDecimal value, int decimals) {
        return value.setScale(EXACT_DECIMALS, RoundingMode.HALF_UP).setScale(decimals, RoundingMode.HALF_UP);
    }
}
