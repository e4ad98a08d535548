package ai.mavster.credits.report;

import ai.mavster.credits.ledger.posting.PostingKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What was paid in one currency for a group's credits, and what became of it as these were spent: each credit of a grant
 * stands for its part of what was paid. Added up bit by bit, for one thread.
 */
final class PaidFigures {

    /** Divisions leave errors of far less than half of it. */
    private static final int EXACT_DECIMALS = 8;

    private final Map<Flow, BigDecimal> moved = new EnumMap<>(Flow.class);
    private BigDecimal closing = BigDecimal.ZERO;

    /** The same, rounded to what the currency has. */
    @Schema(
            name = "PaidFor",
            description =
                    "What was paid for these credits, in one currency, and what became of it as they were used. opening + received - used -"
                            + " expired - voided + reversed - clawed_back - settled + reinstated = closing, always: used is rounded so that it does.",
            examples = """
            {"currency": "EUR", "opening": 12.00, "received": 49.00, "used": 20.40, "expired": 0.00, "voided": 0.00, "reversed": 0.10,\
             "clawed_back": 0.00, "settled": 0.00, "reinstated": 0.00, "closing": 40.70}""")
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

            @Schema(description = "Of what was clawed back.")
            BigDecimal clawedBack,

            @Schema(description = "Of what was taken to settle what was owed.")
            BigDecimal settled,

            @Schema(
                    description =
                            "0: the grants that reinstate credits carry no amount. How many credits that were is in the row.")
            BigDecimal reinstated,

            @Schema(description = "What was paid for what was left when the range ended.")
            BigDecimal closing) {}

    /** What is left by now; less what has moved later. */
    void left(BigDecimal value) {
        closing = closing.add(value);
    }

    void moved(PostingKind kind, BigDecimal value) {
        moved.merge(Flow.of(kind, value), value, BigDecimal::add);
    }

    Rounded rounded(String currency) {
        int decimals = Currency.getInstance(currency).getDefaultFractionDigits();
        BigDecimal before = closing.subtract(moved.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        BigDecimal opening = rounded(before, decimals);
        BigDecimal in = rounded(sum(Flow.GRANTED).add(sum(Flow.BOUGHT)), decimals);
        BigDecimal expired = rounded(sum(Flow.EXPIRED), decimals);
        BigDecimal voided = rounded(sum(Flow.VOIDED), decimals);
        BigDecimal reversed = rounded(sum(Flow.REVERSED), decimals);
        BigDecimal clawedBack = rounded(sum(Flow.CLAWED_BACK), decimals);
        BigDecimal settled = rounded(sum(Flow.SETTLED), decimals);
        BigDecimal reinstated = rounded(sum(Flow.REINSTATED), decimals);
        BigDecimal end = rounded(closing, decimals);
        BigDecimal used = opening.add(in)
                .add(reversed)
                .add(reinstated)
                .subtract(expired)
                .subtract(voided)
                .subtract(clawedBack)
                .subtract(settled)
                .subtract(end);
        return new Rounded(
                currency, opening, in, used, expired, voided, reversed, clawedBack, settled, reinstated, end);
    }

    private BigDecimal sum(Flow flow) {
        return flow.inDirection(moved.getOrDefault(flow, BigDecimal.ZERO));
    }

    private static BigDecimal rounded(BigDecimal value, int decimals) {
        return value.setScale(EXACT_DECIMALS, RoundingMode.HALF_UP).setScale(decimals, RoundingMode.HALF_UP);
    }
}
