package ai.mavster.credits.checkout.order;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a checkout beside its payment, which has the same id.
 *
 * @param expiresAt by the real time
 * @param page null: there is none yet
 * @param closesPage the page is to be closed at the provider
 */
record Checkout(
        String accountId,
        UUID checkoutId,
        String packId,
        int packVersion,
        Instant expiresAt,
        CheckoutStatus status,
        @Nullable PaymentPage page,
        boolean closesPage) {

    /** Where it is paid. */
    record PaymentPage(String id, String url) {}

    Checkout become(CheckoutStatus now) {
        return new Checkout(accountId, checkoutId, packId, packVersion, expiresAt, now, page, closesPage);
    }

    /** The page is there. Where the checkout has ended meanwhile it is closed at once. */
    Checkout at(PaymentPage made) {
        return new Checkout(
                accountId, checkoutId, packId, packVersion, expiresAt, status, made, status == CheckoutStatus.CANCELED);
    }

    /** Ended by this side. */
    Checkout canceled() {
        return new Checkout(
                accountId, checkoutId, packId, packVersion, expiresAt, CheckoutStatus.CANCELED, page, page != null);
    }

    /** The page is closed. */
    Checkout pageClosed() {
        return new Checkout(accountId, checkoutId, packId, packVersion, expiresAt, status, page, false);
    }

    /** How far it is at a time: an open one that is over has expired, be it that nobody has written that down. */
    CheckoutStatus status(Instant now) {
        return status == CheckoutStatus.OPEN && !now.isBefore(expiresAt) ? CheckoutStatus.EXPIRED : status;
    }
}
