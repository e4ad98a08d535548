package ai.mavster.credits.payment.sandbox;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.http.PublicUrl;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.ProviderPayment.Status;
import ai.mavster.credits.payment.Purchase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The sandbox as the service asks it. */
@Singleton
class SandboxGateway implements PaymentGateway {

    private static final int PAGE = 100;

    /** In a cursor, between the time and the id of the last payment of a page. */
    private static final String SEPARATOR = " ";

    private final SandboxBank bank;
    private final SandboxPageRepository pages;
    private final SandboxPaymentRepository payments;
    private final PublicUrl publicUrl;

    SandboxGateway(
            SandboxBank bank, SandboxPageRepository pages, SandboxPaymentRepository payments, PublicUrl publicUrl) {
        this.bank = bank;
        this.pages = pages;
        this.payments = payments;
        this.publicUrl = publicUrl;
    }

    @Override
    public Provider provider() {
        return Provider.SANDBOX;
    }

    @Override
    public List<String> paymentMethods() {
        return Arrays.stream(SandboxCard.values()).map(SandboxCard::id).toList();
    }

    /** What fails at the database is a provider that is down: whether it has committed is not known. */
    private static <A> A asked(Callable<A> work) {
        try {
            return QuarkusTransaction.requiringNew().call(work);
        } catch (RuntimeException e) {
            throw GatewayFailure.unknownOutcome("The sandbox is out of reach", e);
        }
    }

    @Override
    public CheckoutPage open(Order order, Instant expiresAt) {
        return asked(() -> {
            SandboxPageRow page = pages.ofPurchase(order.purchase().id());
            if (page == null) {
                page = new SandboxPageRow();
                page.pageId = bank.secret();
                page.purchaseId = order.purchase().id();
                page.accountId = order.purchase().accountId();
                page.amount = order.price().value();
                page.currency = order.price().currency();
                page.description = order.description();
                page.token = bank.secret();
                page.createdAt = bank.now();
                page.expiresAt = expiresAt;
                pages.persistAndFlush(page);
            }
            return new CheckoutPage(page.pageId, publicUrl + SandboxPages.CHECKOUTS + page.pageId);
        });
    }

    @Override
    public void close(String pageId) {
        asked(() -> {
            SandboxPageRow page = pages.findById(pageId);
            if (page != null && page.closedAt == null) {
                page.closedAt = bank.now();
            }
            return true;
        });
    }

    /** The card that is never announced is answered as pending, and is found as paid when its state is fetched. */
    @Override
    public ProviderPayment charge(Order order, @Nullable String paymentMethod) {
        SandboxCard card = paymentMethod == null ? SandboxCard.CARD_OK : EnumId.parse(SandboxCard.class, paymentMethod);
        return asked(() -> {
            SandboxPaymentRow payment = bank.payment(order.purchase(), order.price());
            if (payment.card == null && payment.status(bank.now()) == Status.PENDING) {
                bank.pay(payment, card);
            }
            ProviderPayment state = state(payment);
            return payment.isCard(SandboxCard.CARD_NEVER) ? pending(state) : state;
        });
    }

    private static ProviderPayment pending(ProviderPayment state) {
        return new ProviderPayment(
                state.id(),
                state.purchase(),
                Status.PENDING,
                state.amount(),
                null,
                null,
                null,
                null,
                state.createdAt(),
                null);
    }

    private ProviderPayment state(SandboxPaymentRow payment) {
        return payment.state(bank.now(), publicUrl + SandboxPages.CONFIRMATIONS);
    }

    @Override
    public ProviderPayment cancel(String paymentId) {
        return asked(() -> {
            SandboxPaymentRow payment = Objects.requireNonNull(payments.locked(paymentId), "no such payment");
            bank.cancel(payment);
            return state(payment);
        });
    }

    @Override
    public @Nullable ProviderPayment payment(String paymentId) {
        return asked(() -> {
                    List<SandboxPaymentRow> found = payments.list("paymentId", paymentId);
                    return found.stream().map(this::state).toList();
                })
                .stream()
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<ProviderPayment> paymentsFor(Purchase purchase) {
        return asked(() ->
                payments.ofPurchase(purchase.id()).stream().map(this::state).toList());
    }

    @Override
    public Page payments(Instant from, Instant to, @Nullable String cursor) {
        String[] place = cursor == null ? new String[] {to.toString(), ""} : cursor.split(SEPARATOR, 2);
        return asked(() -> {
            List<SandboxPaymentRow> found = payments.newest(from, to, Instant.parse(place[0]), place[1], PAGE + 1);
            List<SandboxPaymentRow> page = found.subList(0, Math.min(PAGE, found.size()));
            SandboxPaymentRow last = page.isEmpty() ? null : page.get(page.size() - 1);
            return new Page(
                    page.stream().map(this::state).toList(),
                    last == null || found.size() <= PAGE ? null : last.createdAt + SEPARATOR + last.paymentId);
        });
    }
}
