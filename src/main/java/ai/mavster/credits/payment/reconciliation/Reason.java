package ai.mavster.credits.payment.reconciliation;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.payment.Finding;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** In what a payment at the provider was found to differ from what is here. */
@Schema(name = "PaymentDifference")
enum Reason {
    /** Paid there, and not credited here: it is now. */
    NOT_CREDITED(true),
    /** Refunded or disputed there, and not claimed here: it is now. */
    NOT_CLAIMED(true),
    /** A refund or a dispute is lost no longer, and its credits were not given back: they are now. */
    NOT_REINSTATED(true),
    /** It names an account that there is not. */
    UNKNOWN_ACCOUNT(false),
    /** It names a purchase that the account never made. */
    UNKNOWN_PURCHASE(false),
    /** Another amount, or currency, than was ordered. */
    AMOUNT_DIFFERS(false),
    /** It came after the account was closed. */
    ACCOUNT_CLOSED(false),
    /** The credits would make the balance too large to be counted. */
    BALANCE_LIMIT(false),
    /** What it is for was paid by another payment. */
    PAID_TWICE(false),
    /** Paid here, while the provider has no such payment, or none that is paid. */
    NOT_PAID_AT_PROVIDER(false),
    /** What the provider has of it could not be applied. */
    NOT_APPLIED(false);

    private final boolean repaired;

    Reason(boolean repaired) {
        this.repaired = repaired;
    }

    /** What comes of one. */
    ReconciledStatus status() {
        return repaired ? ReconciledStatus.REPAIRED : ReconciledStatus.UNEXPLAINED;
    }

    /** Of what a person has to see to; one that names no purchase is none of this service's. */
    static Reason of(Finding finding) {
        return switch (finding) {
            case UNKNOWN_ACCOUNT -> UNKNOWN_ACCOUNT;
            case UNKNOWN_PURCHASE, NO_PURCHASE -> UNKNOWN_PURCHASE;
            case AMOUNT_DIFFERS -> AMOUNT_DIFFERS;
            case ACCOUNT_CLOSED -> ACCOUNT_CLOSED;
            case BALANCE_LIMIT -> BALANCE_LIMIT;
            case PAID_TWICE -> PAID_TWICE;
        };
    }

    /** Those that a person has to see to. */
    static List<Reason> unexplained() {
        return Stream.of(values()).filter(reason -> !reason.repaired).toList();
    }

    /** As in the database, in JSON and in metrics: {@code paid_twice}. */
    String id() {
        return EnumId.of(this);
    }
}
