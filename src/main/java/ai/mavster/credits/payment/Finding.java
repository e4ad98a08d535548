package ai.mavster.credits.payment;

import ai.mavster.credits.EnumId;

/** What about a provider's payment does not agree with what was ordered here, so that a person has to see to it. */
public enum Finding {
    /** It says that it is for a purchase of an account that there is not. */
    UNKNOWN_ACCOUNT,
    /** It says that it is for a purchase that the account never made. */
    UNKNOWN_PURCHASE,
    /** It names no purchase. */
    NO_PURCHASE,
    /** Another amount, or currency, than was ordered: nothing is credited. */
    AMOUNT_DIFFERS,
    /** It came after the account was closed: nothing is credited. */
    ACCOUNT_CLOSED,
    /** The balance would become too large to be counted: nothing is credited as long as that is so. */
    BALANCE_LIMIT,
    /** What it is for was paid by another payment already: nothing is credited. */
    PAID_TWICE;

    /** As in the database, in JSON and in metrics: {@code amount_differs}. */
    public String id() {
        return EnumId.of(this);
    }
}
