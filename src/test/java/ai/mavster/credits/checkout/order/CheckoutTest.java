package ai.mavster.credits.checkout.order;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.payment.Browser;
import ai.mavster.credits.payment.WithSandbox;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packs that are bought at the sandbox's page, by HTTP alone. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(WithSandbox.class)
class CheckoutTest {

    private static final Duration WITHIN = Duration.ofSeconds(20);

    @Inject
    Ledger ledger;

    @Inject
    PageCloser closer;

    @Inject
    MovableClock clock;

    private Customer customer;

    @BeforeEach
    void create() {
        customer = Customer.create();
    }

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    private Reply open(String pack) {
        return Customer.post(customer.path("/checkouts"), Customer.newKey(), "{'pack': '" + pack + "'}");
    }

    private Reply checkout(Reply opened) {
        return Customer.get(customer.path("/checkouts/" + opened.at("checkout_id")))
                .is(200);
    }

    private void becomes(Reply opened, String status, String balance) {
        Eventually.holds(
                WITHIN,
                () -> checkout(opened).at("status").equals(status),
                () -> checkout(opened).body());
        assertThat(customer.balance().at("balance")).isEqualTo(balance);
    }

    private void paidOnce(Reply opened) {
        becomes(opened, "paid", "6000");
        assertThat(customer.entries("?kind=top_up").rows("data", "grant_id", "credits"))
                .containsExactly(checkout(opened).at("grant_id") + " 6000");
        assertThat(customer.proof().all("balanced", "failures")).isEqualTo("true []");
    }

    @ParameterizedTest
    @ValueSource(strings = {"card_ok", "card_slow", "card_twice"})
    void paidOnceIsOneTopUp(String card) {
        Reply opened = open("medium").is(201);
        assertThat(opened.all("status", "credits", "price/value", "price/currency", "grant_id"))
                .isEqualTo("open 6000 49 EUR null");
        assertThat(Browser.page(opened.at("url"))).contains("6,000 credits", "49.00 EUR", customer.id, "Play money");

        assertThat(Browser.pay(opened.at("url"), card)).isEqualTo(path(opened));

        assertThat(Browser.title(opened.at("url"))).isIn("Paid", "Processing");
        paidOnce(opened);
        // Once more, by whoever goes back: nothing is left to be paid.
        assertThat(Browser.title(opened.at("url"))).isEqualTo("Paid");
        assertThat(Browser.page(opened.at("url"))).doesNotContain("<form");
        assertThat(Customer.get("/v1/accounts/" + customer.id + "/events").at("data/0/type"))
                .isEqualTo("top_up.posted");
    }

    private static String path(Reply opened) {
        return java.net.URI.create(opened.at("url")).getPath();
    }

    @Test
    void aDeclinedCardIsFollowedByAnother() {
        Reply opened = open("medium").is(201);
        Browser.pay(opened.at("url"), "card_declined");
        assertThat(Browser.page(opened.at("url"))).contains("The card was declined");
        becomes(opened, "open", "0");

        Browser.pay(opened.at("url"), "card_ok");
        paidOnce(opened);
    }

    @Test
    void oneThatHasToBeConfirmedIsPaidOnceItIs() {
        Reply opened = open("medium").is(201);
        String bank = Browser.pay(opened.at("url"), "card_confirm");
        assertThat(bank).startsWith("/sandbox/confirmations/");
        assertThat(Browser.title(bank)).isEqualTo("Confirm the payment");

        assertThat(Browser.send(bank, "confirm", "")).isEqualTo(bank);
        assertThat(Browser.title(bank)).isEqualTo("Paid");
        paidOnce(opened);
    }

    @Test
    void oneThatIsNotConfirmedIsNotPaid() {
        Reply opened = open("medium").is(201);
        String bank = Browser.pay(opened.at("url"), "card_confirm");
        Browser.send(bank, "fail", "");
        assertThat(Browser.title(bank)).isEqualTo("Not confirmed");

        Browser.pay(opened.at("url"), "card_ok");
        paidOnce(opened);
    }

    @Test
    void oneThatIsNeverAnnouncedStaysOpenHere() {
        Reply opened = open("medium").is(201);
        Browser.pay(opened.at("url"), "card_never");
        assertThat(Browser.title(opened.at("url"))).isEqualTo("Paid");
        Reply other = open("small").is(201);
        Browser.pay(other.at("url"), "card_ok");
        becomes(other, "paid", "1000");
        assertThat(checkout(opened).at("status")).isEqualTo("open");
    }

    @Test
    void whoeverLeavesPaysNothing() {
        Reply opened = open("medium").is(201);
        Browser.send(opened.at("url"), "cancel", "card_ok");
        assertThat(Browser.title(opened.at("url"))).isEqualTo("Canceled");
        becomes(opened, "canceled", "0");
    }

    @Test
    void aFormOfAnotherSiteDoesNothing() {
        Reply opened = open("medium").is(201);
        Browser.post(opened.at("url"), "0".repeat(32), "pay", "card_ok").then().statusCode(403);
        Browser.post(opened.at("url"), "", "cancel", "").then().statusCode(403);
        assertThat(Browser.title(opened.at("url"))).isEqualTo("Pay");
    }

    @Test
    void whoeverRepeatsTheRequestGetsTheSamePage() {
        String key = Customer.newKey();
        Reply first = Customer.post(customer.path("/checkouts"), key, "{'pack': 'medium'}")
                .is(201);
        Browser.pay(first.at("url"), "card_ok");
        paidOnce(first);

        Reply again = Customer.post(customer.path("/checkouts"), key, "{'pack': 'medium'}")
                .is(201);

        assertThat(again.replayed()).isEqualTo("true");
        assertThat(again.json()).isEqualTo(first.json());
        Customer.post(customer.path("/checkouts"), key, "{'pack': 'small'}").is(422, "idempotency_key_reused");
        assertThat(Customer.get(customer.path("/checkouts")).all("data/0/checkout_id", "data/0/status", "has_more"))
                .isEqualTo(first.at("checkout_id") + " paid false");
    }

    @Test
    void whatIsBoughtIsThePackOfThatTime() {
        String pack = "pack-" + UUID.randomUUID();
        open(pack).is(404, "pack_not_found");
        String fields = "'name': 'Two', 'credits': 2, 'price': {'value': %s, 'currency': 'EUR'}";
        Customer.put("/v1/packs/" + pack, "{" + fields.formatted("1.50") + "}").is(201);
        String key = Customer.newKey();
        String body = "{'pack': '" + pack + "'}";
        Reply opened = Customer.post(customer.path("/checkouts"), key, body).is(201);
        Customer.put("/v1/packs/" + pack, "{" + fields.formatted("3.00") + ", 'active': false}")
                .is(200);

        open(pack).is(409, "pack_inactive");
        assertThat(Customer.post(customer.path("/checkouts"), key, body).is(201).json())
                .isEqualTo(opened.json());
        Browser.pay(opened.at("url"), "card_ok");
        becomes(opened, "paid", "2");
        assertThat(checkout(opened).at("price/value")).isEqualTo("1.5");
    }

    @Test
    void closingTheAccountClosesItsPages() {
        Reply opened = open("medium").is(201);
        customer.close("").is(200);

        assertThat(checkout(opened).at("status")).isEqualTo("canceled");
        closer.run();
        assertThat(Browser.title(opened.at("url"))).isEqualTo("Closed");
        assertThat(Browser.page(opened.at("url"))).doesNotContain("<form");
        open("medium").is(409, "account_closed");
        assertThat(customer.proof().at("failures")).isEqualTo("[]");
    }

    /** It is kept, and shown until it was given back. */
    @Test
    void whatIsPaidAfterTheClosingIsNotCredited() {
        Reply opened = open("medium").is(201);
        Browser.pay(opened.at("url"), "card_slow");
        customer.close("").is(200);

        becomes(opened, "uncredited", "0");
        String payment = "sandbox_" + opened.at("checkout_id").substring("checkout_".length());
        assertThat(unexplained(payment)).isEqualTo("account_closed " + customer.id);
        Customer.post("/sandbox/payments/" + payment + "/refund", "{}").is(200);
        Eventually.holds(
                WITHIN,
                () -> Customer.get("/v1/payment-events?type=payment.refunded&limit=1000")
                        .rows("data", "object_id", "status")
                        .contains(payment + " processed"),
                () -> Customer.get("/v1/payment-events").body());
        assertThat(customer.balance().at("balance")).isEqualTo("0");
        assertThat(customer.proof().at("failures")).isEqualTo("[]");
    }

    private static String unexplained(String payment) {
        Reply events =
                Customer.get("/v1/payment-events?status=unexplained&limit=1000").is(200);
        for (int i = 0; !events.at("data/" + i + "/id").isEmpty(); i++) {
            if (events.at("data/" + i + "/object_id").equals(payment)) {
                return events.at("data/" + i + "/detail") + " " + events.at("data/" + i + "/account_id");
            }
        }
        return "none";
    }

    @Test
    void itExpires() {
        Reply opened = open("medium").is(201);
        clock.moveBy(Duration.ofHours(24));

        assertThat(checkout(opened).at("status")).isEqualTo("expired");
        assertThat(Browser.title(opened.at("url"))).isEqualTo("Expired");
        Outcome.await(ledger.submit(new Command.Expire(customer.id)));
        assertThat(checkout(opened).at("status")).isEqualTo("expired");
        assertThat(customer.proof().at("failures")).isEqualTo("[]");
    }
}
