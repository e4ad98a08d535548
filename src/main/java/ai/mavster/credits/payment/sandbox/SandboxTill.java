package ai.mavster.credits.payment.sandbox;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.Money;
import ai.mavster.credits.payment.ProviderPayment.Status;
import ai.mavster.credits.payment.Purchase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What people do at the sandbox's pages, each in a transaction of its own. */
@Singleton
class SandboxTill {

    private final SandboxBank bank;
    private final SandboxPageRepository pages;
    private final SandboxPaymentRepository payments;
    private final SandboxSubscriptionRepository subscriptions;

    SandboxTill(
            SandboxBank bank,
            SandboxPageRepository pages,
            SandboxPaymentRepository payments,
            SandboxSubscriptionRepository subscriptions) {
        this.subscriptions = subscriptions;
        this.bank = bank;
        this.pages = pages;
        this.payments = payments;
    }

    /** A page as it stands; null: there is none. */
    @Nullable
    SandboxView page(String pageId) {
        return QuarkusTransaction.requiringNew().call(() -> {
            SandboxPageRow page = pages.findById(pageId);
            return page == null ? null : view(page);
        });
    }

    /** Where a payment is confirmed; null: nothing is to be confirmed there. */
    @Nullable
    SandboxView confirmation(String confirmationId) {
        return QuarkusTransaction.requiringNew().call(() -> {
            SandboxPaymentRow payment = payments.toConfirm(confirmationId);
            return payment == null ? null : SandboxView.ofConfirmation(payment, payment.status(bank.now()));
        });
    }

    /**
     * Pays at a page.
     *
     * @return where to go on; null: the form is not the page's
     */
    @Nullable
    String pay(String pageId, @Nullable String token, String card) {
        SandboxCard by = EnumId.parse(SandboxCard.class, card);
        return QuarkusTransaction.requiringNew().call(() -> {
            SandboxPageRow page = pages.findById(pageId);
            if (page == null || !isToken(page.token, token)) {
                return null;
            }
            if (page.isOpen(bank.now())) {
                SandboxPaymentRow payment = payment(page);
                Status status = payment.status(bank.now());
                boolean begun = status == Status.PENDING && payment.card != null;
                if (!begun && status != Status.PAID && status != Status.CANCELED) {
                    bank.pay(payment, by);
                    return payment.confirmationId != null && by == SandboxCard.CARD_CONFIRM
                            ? SandboxPages.CONFIRMATIONS + payment.confirmationId
                            : SandboxPages.CHECKOUTS + pageId;
                }
            }
            return SandboxPages.CHECKOUTS + pageId;
        });
    }

    /** Leaves a page without having paid; the same answer. */
    @Nullable
    String cancel(String pageId, @Nullable String token) {
        return QuarkusTransaction.requiringNew().call(() -> {
            SandboxPageRow page = pages.findById(pageId);
            if (page == null || !isToken(page.token, token)) {
                return null;
            }
            if (page.isOpen(bank.now())) {
                bank.cancel(payment(page));
                page.closedAt = bank.now();
            }
            return SandboxPages.CHECKOUTS + pageId;
        });
    }

    /** Confirms a payment, or fails to; the same answer. Its address is the only secret there is. */
    @Nullable
    String confirm(String confirmationId, @Nullable String token, boolean confirmed) {
        return QuarkusTransaction.requiringNew().call(() -> {
            SandboxPaymentRow found = payments.toConfirm(confirmationId);
            if (found == null || !isToken(SandboxView.confirmationToken(confirmationId), token)) {
                return null;
            }
            bank.confirm(Objects.requireNonNull(payments.locked(found.paymentId)), confirmed);
            return SandboxPages.CONFIRMATIONS + confirmationId;
        });
    }

    /** Where a subscription is confirmed; null: there is no such page. */
    @Nullable
    SandboxView subscription(String pageId) {
        return QuarkusTransaction.requiringNew().call(() -> {
            SandboxSubscriptionRow row = subscriptions.ofPage(pageId);
            return row == null ? null : SandboxView.ofSubscription(row);
        });
    }

    /** Pays for a subscription, or does not; where to go on, as above. */
    @Nullable
    String subscribe(String pageId, @Nullable String token, boolean confirmed) {
        return QuarkusTransaction.requiringNew().call(() -> {
            SandboxSubscriptionRow row = subscriptions.lockedOfPage(pageId);
            if (row == null || !isToken(row.token, token)) {
                return null;
            }
            if (row.open && confirmed) {
                row.pay();
                bank.announce(row.subscriptionId(), "subscription.paid", bank.now());
            }
            row.open = false;
            return SandboxPages.SUBSCRIPTIONS + pageId;
        });
    }

    private SandboxPaymentRow payment(SandboxPageRow page) {
        return bank.payment(
                new Purchase(page.accountId, Purchase.Kind.CHECKOUT, page.purchaseId),
                new Money(page.amount, page.currency));
    }

    private SandboxView view(SandboxPageRow page) {
        SandboxPaymentRow payment = payments.findById(
                SandboxBank.paymentId(new Purchase(page.accountId, Purchase.Kind.CHECKOUT, page.purchaseId)));
        return SandboxView.ofPage(page, payment, payment == null ? null : payment.status(bank.now()), bank.now());
    }

    private static boolean isToken(String expected, @Nullable String sent) {
        return sent != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }
}
