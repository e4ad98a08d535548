package ai.mavster.credits.payment.sandbox;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.Money;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.payment.ProviderPayment.Status;
import ai.mavster.credits.payment.Purchase;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What happens to play money; each within the caller's transaction, with the events that announce it. */
@Singleton
class SandboxBank {

    private static final int SECRET_BYTES = 16;

    private final SandboxPaymentRepository payments;
    private final SandboxEventRepository events;
    private final SandboxSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    SandboxBank(
            SandboxPaymentRepository payments, SandboxEventRepository events, SandboxSettings settings, Clock clock) {
        this.payments = payments;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /** As exact as the database keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Nobody guesses it. */
    String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static String paymentId(Purchase purchase) {
        return "sandbox_" + purchase.id();
    }

    /** The one payment of a purchase, made if there is none; null where another transaction makes it just now. */
    SandboxPaymentRow payment(Purchase purchase, Money price) {
        SandboxPaymentRow known = payments.locked(paymentId(purchase));
        if (known != null) {
            return known;
        }
        SandboxPaymentRow payment = new SandboxPaymentRow();
        payment.paymentId = paymentId(purchase);
        payment.purchaseId = purchase.id();
        payment.accountId = purchase.accountId();
        payment.kind = purchase.kind().id();
        payment.amount = price.value();
        payment.currency = price.currency();
        payment.status = EnumId.of(Status.PENDING);
        payment.createdAt = now();
        payments.persistAndFlush(payment);
        return payment;
    }

    /** Pays by a card, as that one goes. */
    void pay(SandboxPaymentRow payment, SandboxCard card) {
        Instant now = now();
        payment.card = card.id();
        switch (card) {
            case CARD_OK -> paid(payment, now);
            case CARD_DECLINED -> declined(payment);
            case CARD_CONFIRM -> {
                payment.become(Status.CONFIRMATION_NEEDED, now);
                payment.confirmationId = secret();
                announce(payment, "payment.confirmation_needed", now);
            }
            case CARD_SLOW -> {
                payment.become(Status.PENDING, now);
                payment.settlesAt = now.plus(settings.slow());
                announce(payment, "payment.paid", payment.settlesAt);
            }
            case CARD_TWICE -> {
                paid(payment, now);
                announce(payment, "payment.paid", now);
            }
            case CARD_NEVER -> payment.become(Status.PAID, now);
        }
    }

    private void paid(SandboxPaymentRow payment, Instant now) {
        payment.become(Status.PAID, now);
        announce(payment, "payment.paid", now);
    }

    private void declined(SandboxPaymentRow payment) {
        payment.become(Status.DECLINED, now());
        announce(payment, "payment.declined", now());
    }

    /** The customer has confirmed it, or failed to; nothing, if it is not to be confirmed any more. */
    void confirm(SandboxPaymentRow payment, boolean confirmed) {
        if (payment.status(now()) != Status.CONFIRMATION_NEEDED) {
            return;
        }
        if (confirmed) {
            paid(payment, now());
        } else {
            declined(payment);
        }
    }

    /** Ends one that is not paid. */
    void cancel(SandboxPaymentRow payment) {
        Status status = payment.status(now());
        if (status != Status.PAID && status != Status.CANCELED) {
            payment.become(Status.CANCELED, now());
            announce(payment, "payment.canceled", now());
        }
    }

    /**
     * Gives money back.
     *
     * @param amount null: all that was not given back
     * @return whether there is so much
     */
    boolean refund(SandboxPaymentRow payment, @Nullable BigDecimal amount) {
        BigDecimal left = payment.amount.subtract(payment.refunded);
        BigDecimal given = amount == null ? left : amount;
        if (payment.status(now()) != Status.PAID || given.signum() <= 0 || given.compareTo(left) > 0) {
            return false;
        }
        payment.refunded = payment.refunded.add(given);
        announce(payment, "payment.refunded", now());
        return true;
    }

    /**
     * The customer disputes a payment, all of it.
     *
     * @return whether it is paid and not disputed
     */
    boolean dispute(SandboxPaymentRow payment) {
        if (payment.status(now()) != Status.PAID || payment.disputed.signum() > 0) {
            return false;
        }
        payment.disputed = payment.amount;
        announce(payment, "dispute.opened", now());
        return true;
    }

    /**
     * A dispute is over.
     *
     * @param won the money stays with the merchant
     * @return whether there was one
     */
    boolean closeDispute(SandboxPaymentRow payment, boolean won) {
        if (payment.disputed.signum() == 0) {
            return false;
        }
        payment.disputed = won ? BigDecimal.ZERO : payment.disputed;
        announce(payment, "dispute.closed", now());
        return true;
    }

    private void announce(SandboxPaymentRow payment, String type, Instant due) {
        announce(payment.paymentId, type, due);
    }

    /** That something has happened to a payment or a subscription. */
    void announce(String objectId, String type, Instant due) {
        SandboxEventRow event = new SandboxEventRow();
        event.eventId = "sandbox_evt_" + UuidV7.next(now());
        event.type = type;
        event.objectId = objectId;
        event.createdAt = due;
        event.dueAt = due;
        events.persist(event);
    }
}
