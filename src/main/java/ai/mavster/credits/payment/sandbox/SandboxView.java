package ai.mavster.credits.payment.sandbox;

import ai.mavster.credits.Money;
import ai.mavster.credits.payment.ProviderPayment.Status;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a page of the sandbox shows.
 *
 * @param step what can be done there
 * @param message null: nothing is to be said
 * @param price empty: none is named
 * @param token what its form sends
 * @param backTo the page that it leads back to
 */
record SandboxView(
        Step step,
        String title,
        @Nullable String message,
        boolean bad,
        String description,
        String account,
        String price,
        String token,
        String backTo) {

    private static final String TOP_UP = "/billing/top-up";

    /** What can be done. */
    enum Step {
        PAY,
        CONFIRM,
        /** The money is there, or on its way. */
        PAID,
        DONE
    }

    static SandboxView ofPage(
            SandboxPageRow page, @Nullable SandboxPaymentRow payment, @Nullable Status status, Instant now) {
        boolean open = page.isOpen(now);
        if (status == Status.PAID) {
            return of(page, Step.PAID, "Paid", "Thank you. The credits will be there in a moment.", false);
        }
        if (status == Status.CANCELED) {
            return done(page, "Canceled", "Nothing was paid.");
        }
        if (status == Status.PENDING && payment != null && payment.card != null) {
            return of(page, Step.PAID, "Processing", "The payment is on its way. Nothing is left to do here.", false);
        }
        if (!open) {
            return done(page, page.closedAt == null ? "Expired" : "Closed", "Nothing can be paid here any more.");
        }
        return status == Status.DECLINED
                ? of(page, Step.PAY, "Pay", "The card was declined. Nothing was paid; try another one.", true)
                : of(page, Step.PAY, "Pay", null, false);
    }

    private static SandboxView done(SandboxPageRow page, String title, String message) {
        return of(page, Step.DONE, title, message, false);
    }

    private static SandboxView of(SandboxPageRow page, Step step, String title, @Nullable String message, boolean bad) {
        return new SandboxView(
                step,
                title,
                message,
                bad,
                page.description,
                page.accountId,
                price(page.amount, page.currency),
                page.token,
                TOP_UP);
    }

    static SandboxView ofConfirmation(SandboxPaymentRow payment, Status status) {
        return switch (status) {
            case CONFIRMATION_NEEDED ->
                confirmation(
                        payment, Step.CONFIRM, "Confirm the payment", "Your bank wants to know that it is you.", false);
            case PAID ->
                confirmation(payment, Step.PAID, "Paid", "Thank you. The credits will be there in a moment.", false);
            default -> confirmation(payment, Step.DONE, "Not confirmed", "Nothing was paid.", true);
        };
    }

    /** What a subscription costs nobody has said: the sandbox takes play money, as much as it likes. */
    static SandboxView ofSubscription(SandboxSubscriptionRow row) {
        Step step = row.open ? Step.CONFIRM : row.isPaid() ? Step.PAID : Step.DONE;
        String title = row.open ? "Confirm the subscription" : row.isPaid() ? "Paid" : "Not confirmed";
        String message = row.open
                ? null
                : row.isPaid() ? "Thank you. Your plan changes in a moment." : "Nothing was paid, and nothing changes.";
        return new SandboxView(
                step, title, message, false, row.description, row.accountId, "", row.token, "/billing/plans");
    }

    private static SandboxView confirmation(
            SandboxPaymentRow payment, Step step, String title, String message, boolean bad) {
        return new SandboxView(
                step,
                title,
                message,
                bad,
                "Credits",
                payment.accountId == null ? "" : payment.accountId,
                price(payment.amount, payment.currency),
                confirmationToken(payment.confirmationId == null ? "" : payment.confirmationId),
                TOP_UP);
    }

    /** With as many decimals as the currency has. */
    private static String price(BigDecimal amount, String currency) {
        return new Money(amount, currency).value().toPlainString() + " " + currency;
    }

    /** Of a confirmation's address: to know it is to be allowed to confirm, and no other site's form does. */
    static String confirmationToken(String confirmationId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("confirmation " + confirmationId).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
