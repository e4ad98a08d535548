package ai.mavster.credits.recharge;

import ai.mavster.credits.Money;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.ProviderPayment.Status;
import ai.mavster.credits.payment.Purchase;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A payment provider in memory, with what may go wrong on the way to one: each account has its own troubles. */
@Alternative
@Singleton
public class PlayedProvider implements PaymentGateway {

    /** What comes of being asked for money. */
    enum Trouble {
        NONE,
        /** Nobody answers, and nothing is done. */
        DOWN,
        /** It is done, and the answer is lost. */
        ANSWER_LOST,
        /** 429: nothing is done. */
        OVERLOADED,
        /** No answer before somebody lets it. */
        SLOW
    }

    private final ConcurrentMap<UUID, ProviderPayment> payments = new ConcurrentHashMap<>();
    private final Map<String, Status> outcomes = new ConcurrentHashMap<>();
    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> slow = new ConcurrentHashMap<>();
    private final Clock clock;

    PlayedProvider(Clock clock) {
        this.clock = clock;
    }

    /** What becomes of an account's payments from now on; paid, unless it is said otherwise. */
    void outcome(String accountId, Status status) {
        outcomes.put(accountId, status);
    }

    void trouble(String accountId, Trouble trouble) {
        if (trouble == Trouble.SLOW) {
            slow.put(accountId, new CountDownLatch(1));
        } else {
            CountDownLatch waiting = slow.remove(accountId);
            if (waiting != null) {
                waiting.countDown();
            }
        }
        troubles.put(accountId, trouble);
    }

    /** How often it was asked for an account's money. */
    int asked(String accountId) {
        return asked.getOrDefault(accountId, new AtomicInteger()).get();
    }

    /** How often an account has paid. */
    long paid(String accountId) {
        return payments.values().stream()
                .filter(payment -> accountId.equals(purchase(payment).accountId()) && payment.status() == Status.PAID)
                .count();
    }

    private static Purchase purchase(ProviderPayment payment) {
        return Objects.requireNonNull(payment.purchase());
    }

    /** The customer, or the bank, does something about an account's only open payment. */
    void settle(String accountId, Status status) {
        payments.replaceAll((id, payment) -> purchase(payment).accountId().equals(accountId) && isOpen(payment)
                ? payment(purchase(payment), payment.amount(), status)
                : payment);
    }

    /** The provider's present state of an account's newest payment. */
    ProviderPayment newest(String accountId) {
        return payments.values().stream()
                .filter(payment -> purchase(payment).accountId().equals(accountId))
                .max(Comparator.comparing(payment -> purchase(payment).id()))
                .orElseThrow();
    }

    private static boolean isOpen(ProviderPayment payment) {
        return payment.status() == Status.PENDING || payment.status() == Status.CONFIRMATION_NEEDED;
    }

    private ProviderPayment payment(Purchase purchase, Money amount, Status status) {
        Instant now = clock.instant();
        return new ProviderPayment(
                "pi_" + purchase.id(),
                purchase,
                status,
                amount,
                null,
                null,
                status == Status.DECLINED ? "insufficient_funds" : null,
                status == Status.CONFIRMATION_NEEDED ? "https://payments.example.com/confirm/" + purchase.id() : null,
                now,
                status == Status.PAID ? now : null);
    }

    @Override
    public Provider provider() {
        return Provider.SANDBOX;
    }

    @Override
    public List<String> paymentMethods() {
        return List.of("card_ok", "card_declined");
    }

    @Override
    public CheckoutPage open(Order order, Instant expiresAt) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close(String pageId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ProviderPayment charge(Order order, @Nullable String paymentMethod) {
        String accountId = order.purchase().accountId();
        asked.computeIfAbsent(accountId, id -> new AtomicInteger()).incrementAndGet();
        Trouble trouble = troubles.getOrDefault(accountId, Trouble.NONE);
        switch (trouble) {
            case DOWN -> throw GatewayFailure.unknownOutcome("down", null);
            case OVERLOADED -> throw GatewayFailure.nothingDone("overloaded", Duration.ofMinutes(10), null);
            case SLOW -> await(accountId);
            case ANSWER_LOST, NONE -> {
                // It is done.
            }
        }
        Status status =
                outcomes.getOrDefault(accountId, "card_declined".equals(paymentMethod) ? Status.DECLINED : Status.PAID);
        ProviderPayment payment =
                payments.computeIfAbsent(order.purchase().id(), id -> payment(order.purchase(), order.price(), status));
        if (trouble == Trouble.ANSWER_LOST) {
            throw GatewayFailure.unknownOutcome("half an answer", null);
        }
        return payment;
    }

    private void await(String accountId) {
        try {
            slow.get(accountId).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public ProviderPayment cancel(String paymentId) {
        UUID id = UUID.fromString(paymentId.substring("pi_".length()));
        return Objects.requireNonNull(payments.computeIfPresent(
                id,
                (key, payment) ->
                        isOpen(payment) ? payment(purchase(payment), payment.amount(), Status.CANCELED) : payment));
    }

    @Override
    public @Nullable ProviderPayment payment(String paymentId) {
        return payments.get(UUID.fromString(paymentId.substring("pi_".length())));
    }

    @Override
    public List<ProviderPayment> paymentsFor(Purchase purchase) {
        if (troubles.getOrDefault(purchase.accountId(), Trouble.NONE) == Trouble.DOWN) {
            throw GatewayFailure.unknownOutcome("down", null);
        }
        ProviderPayment payment = payments.get(purchase.id());
        return payment == null ? List.of() : List.of(payment);
    }

    @Override
    public Page payments(Instant from, Instant to, @Nullable String cursor) {
        return new Page(List.copyOf(payments.values()), null);
    }
}
