package ai.mavster.credits.report;

import ai.mavster.credits.ledger.posting.PostingKind;
import java.math.BigDecimal;

/** What brings credits, or takes them, as a report has it in a column each. */
enum Flow {
    GRANTED(true),
    BOUGHT(true),
    USED(false),
    EXPIRED(false),
    VOIDED(false),
    REVERSED(true),
    CLAWED_BACK(false),
    SETTLED(false),
    REINSTATED(true);

    private final boolean incoming;

    Flow(boolean incoming) {
        this.incoming = incoming;
    }

    /**
     * The column of something that moved.
     *
     * @param moved signed
     */
    static Flow of(PostingKind kind, BigDecimal moved) {
        return switch (kind) {
            case MONTHLY_GRANT, PROMOTIONAL -> GRANTED;
            case ADJUSTMENT -> moved.signum() < 0 ? VOIDED : GRANTED;
            case TOP_UP -> BOUGHT;
            case VOID -> VOIDED;
            case DEBIT -> USED;
            case EXPIRY -> EXPIRED;
            case REVERSAL -> REVERSED;
            case CLAWBACK -> CLAWED_BACK;
            case SETTLEMENT -> SETTLED;
            case REINSTATEMENT -> REINSTATED;
        };
    }

    /** As its column has it, from what moved with a sign; or the other way round. */
    BigDecimal inDirection(BigDecimal signed) {
        return incoming ? signed : signed.negate();
    }
}
