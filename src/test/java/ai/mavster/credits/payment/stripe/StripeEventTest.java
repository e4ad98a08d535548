package ai.mavster.credits.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Scrape;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.payment.OrderInTest;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.PaymentGateway.Order;
import ai.mavster.credits.payment.stripe.StripeActions.Card;
import ai.mavster.credits.payment.stripe.StripeServer.Trouble;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of Stripe's events, as src/docs/stripe.md has it; whatever order they come in, and however often. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(LocalStripe.class)
class StripeEventTest {

    private final Instant tomorrow = Instant.now().plus(Duration.ofHours(24));

    @Inject
    StripeGateway gateway;

    @Inject
    Ledger ledger;

    @Inject
    AgroalDataSource database;

    @Inject
    MovableClock clock;

    @TestHTTPResource("/")
    String service;

    StripeServer stripe;

    @AfterEach
    void allIsWell() {
        stripe.release();
        clock.reset();
    }

    private EventRows rows() {
        return new EventRows(database);
    }

    /** Something that is ordered, and its page. */
    private record Bought(Customer customer, Order order, String page) {

        String credits() {
            return customer.balance().at("balance");
        }
    }

    private Bought order() {
        Customer customer = Customer.create();
        Order order = Orders.checkout(customer);
        Outcome.await(
                ledger.submit(new OrderInTest(order, Credits.of(6000), PaymentGateway.Provider.STRIPE, Instant.now())));
        return new Bought(customer, order, gateway.open(order, tomorrow).id());
    }

    private Delivery sent(String type, String objectId) {
        Delivery event = Delivery.of(type, objectId);
        assertThat(event.sendTo(service)).isEqualTo(204);
        return event;
    }

    @Test
    void whatIsPaidIsCreditedOnceHoweverOftenItIsSaid() {
        Bought bought = order();
        String intent = stripe.actions().pay(bought.page, Card.OK);
        Delivery completed = sent("checkout.session.completed", bought.page);
        assertThat(completed.sendTo(service)).isEqualTo(204);
        Delivery succeeded = sent("payment_intent.succeeded", intent);
        rows().endsAs(completed, "processed");
        rows().endsAs(succeeded, "processed");
        assertThat(completed.sendTo(service)).isEqualTo(204);
        assertThat(bought.credits()).isEqualTo("6000");
        assertThat(Customer.get(bought.customer.path("/postings"))
                        .rows("data", "kind", "amount/value", "author/type", "author/id"))
                .singleElement()
                .asString()
                .matches("top_up 49(\\.00)? provider_event (" + completed.id() + "|" + succeeded.id() + ")");
    }

    /** The last word is what Stripe has, whichever event comes last, a month late or with the payload of another version. */
    @Test
    void shuffledAndLateEventsEndInThePresentState() {
        for (int seed = 0; seed < 3; seed++) {
            Bought bought = order();
            String intent = stripe.actions().pay(bought.page, Card.OK);
            String refund = stripe.actions().refund(intent, 2450);
            String dispute = stripe.actions().dispute(intent, 2450, "needs_response");
            stripe.actions().close(dispute, "won");
            String charge = stripe.objects().get(intent).get("latest_charge").asText();
            Instant month = Instant.now().minus(Duration.ofDays(30));
            List<Delivery> events = new ArrayList<>(List.of(
                    Delivery.of("payment_intent.created", intent, month, event -> {}),
                    Delivery.of("payment_intent.payment_failed", intent, month, event -> {}),
                    Delivery.of(
                            "payment_intent.succeeded", intent, month, event -> event.put("api_version", "2014-01-31")),
                    Delivery.of("checkout.session.completed", bought.page, month, event -> {}),
                    Delivery.of("checkout.session.expired", bought.page),
                    Delivery.of("charge.refunded", charge),
                    Delivery.of("refund.created", refund),
                    Delivery.of("charge.refund.updated", refund),
                    Delivery.of("charge.dispute.created", dispute),
                    Delivery.of("charge.dispute.closed", dispute)));
            events.addAll(List.copyOf(events));
            Collections.shuffle(events, new Random(seed));
            events.forEach(event -> assertThat(event.sendTo(service)).isEqualTo(204));
            events.forEach(event -> rows().endsAs(event, "processed"));
            assertThat(rows().ofPayment(bought.order.purchase().id())).isEqualTo("paid 24.5 0");
            assertThat(bought.credits()).isEqualTo("3000");
        }
    }

    @Test
    void manyAtOnceCreditOnce() throws Exception {
        Bought bought = order();
        String intent = stripe.actions().pay(bought.page, Card.OK);
        ExecutorService callers = Executors.newFixedThreadPool(20);
        List<Delivery> events = new ArrayList<>();
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Delivery event = i % 2 == 0
                    ? Delivery.of("payment_intent.succeeded", intent)
                    : Delivery.of("checkout.session.completed", bought.page);
            events.add(event);
            answers.add(callers.submit(() -> event.sendTo(service)));
            answers.add(callers.submit(() -> event.sendTo(service)));
        }
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isEqualTo(204);
        }
        callers.shutdown();
        events.forEach(event -> rows().endsAs(event, "processed"));
        assertThat(bought.credits()).isEqualTo("6000");
    }

    @Test
    void whatStripeHasNotSignedNowIsRefusedAndCounted() {
        Delivery event = Delivery.of("payment_intent.succeeded", "pi_1");
        Instant now = Instant.now();
        Scrape before = Scrape.now();
        assertThat(event.sendTo(service, null)).isEqualTo(400);
        assertThat(event.sendTo(service, "t=1,v1=00")).isEqualTo(400);
        assertThat(event.sendTo(service, Delivery.signature(event.body(), "whsec_of_another", now)))
                .isEqualTo(400);
        assertThat(event.sendTo(service, Delivery.signature(event.body() + " ", LocalStripe.SECRET, now)))
                .isEqualTo(400);
        assertThat(event.sendTo(service, Delivery.signature(event.body(), LocalStripe.SECRET, now.minusSeconds(302))))
                .isEqualTo(400);
        before.risesBy("payment_events_refused_total{signature=\"broken\"}", "4");
        before.risesBy("payment_events_refused_total{signature=\"old\"}", "1");
        assertThat(rows().of(event)).isEmpty();
        assertThat(event.sendTo(service, Delivery.signature(event.body(), LocalStripe.SECRET, now.minusSeconds(290))))
                .isEqualTo(204);
        assertThat(event.sendTo(service, Delivery.signature(event.body(), LocalStripe.OLD_SECRET, now)))
                .as("while secrets rotate")
                .isEqualTo(204);
        rows().endsAs(event, "unexplained: There is no such object at Stripe");
    }

    @Test
    void whatIsNoEventIsRefused() {
        for (String body :
                new String[] {"", "{", "[]", "{\"id\": \"evt_1\"}", "{\"id\": \"evt 1\", \"type\": \"a\"}"}) {
            assertThat(new Delivery("", body).sendTo(service)).as(body).isEqualTo(400);
        }
    }

    @Test
    void whatIsOfNoConcernIsRecorded() {
        Customer customer = Customer.create();
        String there = stripe.objects()
                .get(gateway.open(Orders.checkout(customer), tomorrow).id())
                .get("customer")
                .asText();
        String invoices = stripe.actions()
                .intent(100, "eur", there, StripeObjects.JSON.createObjectNode())
                .get("id")
                .asText();
        Instant now = Instant.now();
        rows().endsAs(
                        sent("radar.early_fraud_warning.created", "issfr_1"),
                        "ignored: Events of this type are of no concern");
        rows().endsAs(sent("payment_intent.succeeded", invoices), "ignored: It is for no purchase of this service's");
        Delivery live = Delivery.of("payment_intent.succeeded", "pi_1", now, event -> event.put("livemode", true));
        Delivery connected =
                Delivery.of("payment_intent.succeeded", "pi_1", now, event -> event.put("account", "acct_1"));
        Delivery balance = Delivery.of(
                "balance.available",
                "",
                now,
                event -> event.withObjectProperty("data")
                        .withObjectProperty("object")
                        .remove("id"));
        List.of(live, connected, balance)
                .forEach(event -> assertThat(event.sendTo(service)).isEqualTo(204));
        rows().endsAs(live, "ignored: It is of real money, and the key is for tests");
        rows().endsAs(connected, "ignored: It is of a connected account");
        rows().endsAs(balance, "ignored: Events of this type are of no concern");
    }

    @Test
    void whatCannotBeExplainedIsRecorded() {
        Customer customer = Customer.create();
        Order never = Orders.checkout(customer);
        String page = gateway.open(never, tomorrow).id();
        String intent = stripe.actions().pay(page, Card.OK);
        rows().endsAs(sent("payment_intent.succeeded", intent), "unexplained: unknown_purchase");
        stripe.objects()
                .change(intent, made -> made.withObjectProperty("metadata").put("account_id", "nobody-at-all"));
        rows().endsAs(sent("payment_intent.succeeded", intent), "unexplained: unknown_account");
        Bought bought = order();
        String cheaper = stripe.actions().pay(bought.page, Card.OK);
        stripe.objects().change(cheaper, made -> made.put("amount", 4899).put("amount_received", 4899));
        rows().endsAs(sent("payment_intent.succeeded", cheaper), "unexplained: amount_differs");
        assertThat(bought.credits()).isEqualTo("0");
    }

    /** The event waits, and nobody else does. */
    @ParameterizedTest
    @EnumSource(names = {"DOWN", "SLOW", "RATE_LIMITED", "HALF_ANSWER", "NO_JSON"})
    void whileStripeIsInTroubleEventsWaitAndDebitsDoNot(Trouble trouble) {
        Bought bought = order();
        String intent = stripe.actions().pay(bought.page, Card.OK);
        Customer spender = Customer.having("100");
        stripe.trouble(trouble, "GET .*", 1_000);
        Delivery event = sent("payment_intent.succeeded", intent);
        Eventually.holds(
                EventRows.SOON,
                () -> stripe.asked("GET", "/v1/payment_intents/" + intent) > 0,
                () -> "it is asked for");
        Instant start = Instant.now();
        spender.debit("1").is(201);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMillis(900));
        assertThat(rows().of(event)).startsWith("received");
        assertThat(bought.credits()).isEqualTo("0");
        stripe.release();
        clock.moveBy(Duration.ofHours(1));
        rows().endsAs(event, "processed");
        assertThat(bought.credits()).isEqualTo("6000");
    }
}
