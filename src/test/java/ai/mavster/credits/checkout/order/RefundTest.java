package ai.mavster.credits.checkout.order;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.payment.Browser;
import ai.mavster.credits.payment.WithSandbox;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money that is given back, or disputed, at the sandbox: what becomes of the credits that were bought with it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(WithSandbox.class)
class RefundTest {

    private static final Duration WITHIN = Duration.ofSeconds(20);

    @Inject
    Ledger ledger;

    private Customer customer;
    private String payment;

    /** 6000 credits for 49 EUR. */
    @BeforeEach
    void buy() {
        customer = Customer.on("basic");
        customer.debit("3000").is(201);
        Reply opened = Customer.post(customer.path("/checkouts"), Customer.newKey(), "{'pack': 'medium'}")
                .is(201);
        payment = "sandbox_" + opened.at("checkout_id").substring("checkout_".length());
        Browser.pay(opened.at("url"), "card_ok");
        becomes("6000 0");
    }

    private String figures() {
        return Outcome.await(ledger.read(customer.id, account -> account.balance() + " " + account.owed()));
    }

    private void becomes(String figures) {
        Eventually.holds(WITHIN, () -> figures().equals(figures), () -> figures() + " is not " + figures);
        assertThat(customer.proof().all("balanced", "failures")).isEqualTo("true []");
    }

    private void at(String what, String body) {
        Customer.post("/sandbox/payments/" + payment + what, body).is(200);
    }

    /** 6000 × 16.33 ÷ 49 and twice 16.33, 49 to the last cent: parts add up to all, however each is rounded. */
    @Test
    void partsClaimAllInTheEnd() {
        at("/refund", "{'amount': 16.33}");
        becomes("4000.408163 0");
        at("/refund", "{'amount': 16.33}");
        becomes("2000.816327 0");
        at("/refund", "{'amount': 16.33}");
        becomes("1.22449 0");
        at("/refund", "{'amount': 0.01}");
        becomes("0 0");
        Customer.post("/sandbox/payments/" + payment + "/refund", "{'amount': 0.01}")
                .is(400);
    }

    @Test
    void whatWasSpentIsOwed() {
        customer.debit("5990").is(201);
        at("/refund", "{'amount': 24.50}");
        becomes("0 2990");
        at("/refund", "{}");
        becomes("0 5990");
        customer.topUp("6000").is(201);
        becomes("10 0");
    }

    @Test
    void aDisputeThatIsWonGivesBack() {
        customer.debit("1000").is(201);
        at("/dispute", "");
        becomes("0 1000");
        at("/dispute/close", "{'won': true}");
        becomes("5000 0");
        at("/dispute", "");
        becomes("0 1000");
        at("/dispute/close", "{'won': false}");
        becomes("0 1000");
    }

    @Test
    void whatIsBothRefundedAndDisputedIsClaimedOnce() {
        at("/refund", "{'amount': 24.50}");
        becomes("3000 0");
        at("/dispute", "");
        becomes("0 0");
        at("/dispute/close", "{'won': true}");
        becomes("3000 0");
        at("/refund", "{}");
        becomes("0 0");
    }

    /** A refund of what belonged to a closed account is recorded, and takes nothing any more. */
    @Test
    void ofAClosedAccountNothingIsClaimed() {
        customer.close("").is(200);
        at("/refund", "{}");
        Eventually.holds(
                WITHIN,
                () -> Customer.get("/v1/payment-events?type=payment.refunded&limit=1000")
                        .rows("data", "object_id", "status")
                        .contains(payment + " processed"),
                () -> Customer.get("/v1/payment-events").body());
        becomes("6000 0");
    }
}
