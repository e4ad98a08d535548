package ai.mavster.credits.payment.stripe;

import ai.mavster.credits.payment.ProviderPayment.Status;
import org.jspecify.annotations.Nullable;

/** How far a payment is, by the status that Stripe's payment intent has. Pure. */
final class IntentStatus {

    /** Of an intent that has no way to be paid yet, or none any more. */
    private static final String WITHOUT_METHOD = "requires_payment_method";

    private static final String TO_BE_CONFIRMED = "authentication_required";

    private IntentStatus() {}

    /** Whether how far it is depends on the page that it is paid at. */
    static boolean goesByPage(String status, boolean paidAtPage) {
        return paidAtPage && status.equals(WITHOUT_METHOD);
    }

    /**
     * @param paidAtPage by the customer, who may try another card while the page is open; or else without
     * @param code of its last error; null: there was none
     * @param page the status of the page, where it {@linkplain #goesByPage goes by} that; null: it is not known
     */
    static Status of(String status, boolean paidAtPage, @Nullable String code, @Nullable String page) {
        return switch (status) {
            case "succeeded" -> Status.PAID;
            case "canceled" -> Status.CANCELED;
            case "requires_action" -> paidAtPage ? Status.PENDING : Status.CONFIRMATION_NEEDED;
            case WITHOUT_METHOD -> paidAtPage ? ofPage(page) : needsConfirmation(code);
            default -> Status.PENDING;
        };
    }

    /** Of a page that has led to no payment. */
    static Status ofPage(@Nullable String page) {
        if ("complete".equals(page)) {
            // Completed with a payment that took its time, and failed in the end.
            return Status.DECLINED;
        }
        return "expired".equals(page) ? Status.CANCELED : Status.PENDING;
    }

    private static Status needsConfirmation(@Nullable String code) {
        return isToBeConfirmed(code) ? Status.CONFIRMATION_NEEDED : Status.DECLINED;
    }

    /** Whether the bank refuses the card only because the customer was not there. */
    static boolean isToBeConfirmed(@Nullable String code) {
        return TO_BE_CONFIRMED.equals(code);
    }
}
