package ai.mavster.credits.payment.stripe.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.payment.stripe.Delivery;
import ai.mavster.credits.payment.stripe.EventRows;
import ai.mavster.credits.payment.stripe.LocalStripe;
import ai.mavster.credits.payment.stripe.StripeServer;
import ai.mavster.credits.payment.stripe.SubscriptionActions;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Months are granted as their invoices are paid: not before, late where that is late, once, and never unpaid. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(LocalStripe.class)
@TestProfile(GrantOnInvoiceTest.OnInvoice.class)
class GrantOnInvoiceTest {

    /** As CREDITS_STRIPE_GRANT_ON=invoice_paid. */
    public static final class OnInvoice implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("credits.stripe.grant-on", "invoice_paid");
        }
    }

    @Inject
    AgroalDataSource database;

    @Inject
    MovableClock clock;

    @TestHTTPResource("/")
    String service;

    StripeServer stripe;

    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);
    private Customer customer;
    private SubscriptionActions there;
    private EventRows rows;

    @BeforeEach
    void start() {
        customer = Customer.create();
        there = new SubscriptionActions(stripe);
        rows = new EventRows(database);
    }

    @AfterEach
    void end() {
        clock.reset();
    }

    private Instant month(int number) {
        return begin.atZone(ZoneOffset.UTC).plusMonths(number).toInstant();
    }

    private void goTo(Instant instant) {
        clock.moveBy(Duration.between(clock.instant(), instant));
        Customer.post("/v1/renewals", "{}").is(200);
    }

    private void happens(String type, String id) {
        Delivery event = Delivery.of(type, id);
        String signature = Delivery.signature(event.body(), LocalStripe.SECRET, clock.instant());
        assertThat(event.sendTo(service, signature)).isEqualTo(204);
        assertThat(event.sendTo(service, signature)).isEqualTo(204);
        rows.endsAs(event, "processed");
    }

    private void paid(String invoice) {
        there.pay(invoice);
        happens("invoice.paid", invoice);
    }

    private String balance() {
        return customer.balance().at("balance");
    }

    @Test
    void eachMonthIsGrantedOnceWhenItIsPaid() {
        String id = there.subscribe(there.customer(), customer.id, "basic", begin);
        String first = there.invoice(id, month(0), month(1), "open");
        happens("customer.subscription.created", id);
        assertThat(balance()).isEqualTo("0");
        paid(first);
        assertThat(balance()).isEqualTo("3000");
        assertThat(Customer.get(customer.path("/subscription")).at("paid_until"))
                .isEqualTo(month(1).toString());
        customer.debit("3000").is(201);

        // The second one is paid ten days late.
        goTo(month(1).plusSeconds(3600));
        String second = there.invoice(id, month(1), month(2), "open");
        there.status(id, "past_due");
        happens("customer.subscription.updated", id);
        goTo(month(1).plus(Duration.ofDays(10)));
        assertThat(balance()).isEqualTo("0");
        there.status(id, "active");
        happens("customer.subscription.updated", id);
        assertThat(balance()).isEqualTo("0");
        paid(second);
        happens("customer.subscription.updated", id);
        assertThat(balance()).isEqualTo("3000");
        customer.debit("3000").is(201);

        // The third one never is, though nothing else becomes of the subscription; the fourth one is on time.
        goTo(month(2).plusSeconds(3600));
        there.invoice(id, month(2), month(3), "open");
        happens("customer.subscription.updated", id);
        goTo(month(3).plusSeconds(3600));
        assertThat(balance()).isEqualTo("0");
        paid(there.invoice(id, month(3), month(4), "open"));
        assertThat(balance()).isEqualTo("3000");
        assertThat(customer.renewals().rows("data", "index", "granted")).containsExactly("3 3000", "1 3000", "0 3000");
        assertThat(Customer.get(customer.path("/proof")).at("balanced")).isEqualTo("true");
    }

    /** By the months that it is granted in. */
    @Test
    void aYearIsPaidAtOnce() {
        String id = there.subscribe(there.customer(), customer.id, "basic", begin);
        there.invoice(id, month(0), month(12), "paid");
        happens("customer.subscription.created", id);
        customer.debit("3000").is(201);
        goTo(month(1).plusSeconds(1));
        assertThat(balance()).isEqualTo("3000");
        assertThat(customer.renewals().rows("data", "index")).containsExactly("1", "0");
    }

    /** The invoice of a trial is over nothing, and paid. */
    @Test
    void aTrialIsGrantedAndTheFirstMonthWaits() {
        Instant end = month(0).plus(Duration.ofDays(14));
        String id = there.subscribe(there.customer(), customer.id, "basic", end);
        there.status(id, "trialing");
        there.invoice(id, begin, end, "paid");
        happens("customer.subscription.created", id);
        assertThat(balance()).isEqualTo("3000");
        customer.debit("3000").is(201);
        goTo(end.plusSeconds(3600));
        there.status(id, "active");
        happens("customer.subscription.updated", id);
        assertThat(balance()).isEqualTo("0");
        Instant next = end.atZone(ZoneOffset.UTC).plusMonths(1).toInstant();
        paid(there.invoice(id, end, next, "open"));
        assertThat(balance()).isEqualTo("3000");
    }

    /** What was charged in mid-period for a change of plan pays for no month. */
    @Test
    void aDifferenceIsNoMonth() {
        String id = there.subscribe(there.customer(), customer.id, "basic", begin);
        String difference = there.invoice(id, month(0), month(1), "paid");
        there.change(
                difference,
                made -> ((com.fasterxml.jackson.databind.node.ObjectNode)
                                made.at("/lines/data/0/parent/subscription_item_details"))
                        .put("proration", true));
        happens("customer.subscription.created", id);
        assertThat(balance()).isEqualTo("0");
    }

    /** It ends with what is paid for, not with the month that was entered last. */
    @Test
    void anEndComesAfterWhatIsPaidFor() {
        String id = there.subscribe(there.customer(), customer.id, "basic", begin);
        paid(there.invoice(id, month(0), month(1), "open"));
        goTo(month(1).plusSeconds(3600));
        there.change(id, made -> made.put("cancel_at_period_end", true));
        happens("customer.subscription.updated", id);
        assertThat(Customer.get(customer.path("/subscription")).at("status")).isEqualTo("active");
        paid(there.invoice(id, month(1), month(2), "open"));
        assertThat(Customer.get(customer.path("/subscription")).all("status", "cancel_at_period_end"))
                .isEqualTo("active true");
        goTo(month(2).plusSeconds(1));
        assertThat(Customer.get(customer.path("/subscription")).at("status")).isEqualTo("canceled");
    }
}
