package ai.mavster.credits.portal.buying;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.payment.Browser;
import ai.mavster.credits.payment.WithSandbox;
import ai.mavster.credits.portal.Owner;
import ai.mavster.credits.portal.Shown;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an owner pays for, from the billing page to the provider's and back. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(WithSandbox.class)
class PaidAtTheProviderTest {

    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final String CHANGE = "/billing/plans/change";

    private static Shown shows(Owner owner, String path, String text) {
        Eventually.holds(
                WITHIN,
                () -> owner.get(path).text().contains(text),
                () -> owner.get(path).text());
        return owner.get(path);
    }

    private static String confirm(Owner owner, String what) {
        Shown said = owner.get(CHANGE + "?" + what).is(200);
        return String.valueOf(
                owner.post(CHANGE, what, "seen=" + said.hidden("seen")).is(303).location());
    }

    @Test
    void aPackIsBoughtAndSpent() {
        Customer customer = Customer.on("basic");
        Owner owner = Owner.of(customer);
        String key = owner.get("/billing/top-up").hidden("key");
        String page = owner.post("/billing/top-up", "pack=medium", "key=" + key).location();

        Browser.pay(page, "card_ok");
        assertThat(Browser.page(page)).contains("/billing/top-up?account=" + customer.id + "&amp;outcome=paid");

        shows(owner, "/billing/top-up?account=" + customer.id + "&outcome=paid", "6,000 credits added.")
                .shows("Your balance is 9,000", "Paid");
        String payment = String.valueOf(
                        Customer.get(customer.path("/checkouts")).at("data/0/checkout_id"))
                .replace("checkout_", "sandbox_");
        Customer.post("/sandbox/payments/" + payment + "/refund", "{'amount': 10}")
                .is(200);
        shows(owner, "/billing/top-up", "Partly refunded");
        Customer.post("/sandbox/payments/" + payment + "/dispute", "").is(200);
        shows(owner, "/billing/top-up", "Disputed");
    }

    @Test
    void aLargerPlanIsPaidFirst() {
        Customer customer = Customer.on("basic");
        Owner owner = Owner.of(customer);
        owner.get(CHANGE + "?plan=pro")
                .shows("Basic becomes Pro at once.", "Nothing changes until the payment is confirmed");
        String page = confirm(owner, "plan=pro");
        owner.get("/billing/plans?outcome=paid").shows("Your payment is being confirmed.");
        assertThat(customer.subscription().at("plan")).isEqualTo("basic");

        Browser.post(page, "0".repeat(32), "confirm", "").then().statusCode(403);
        Browser.send(page, "confirm", "");

        shows(owner, "/billing/plans?outcome=paid", "Pro Active");
        assertThat(customer.subscription().all("plan", "status")).isEqualTo("pro active");
        assertThat(Customer.get(customer.path("/subscription/changes")).at("data/0/author/type"))
                .isEqualTo("provider_event");

        // The provider drives it from now on: it is the one that ends it, and that goes on.
        assertThat(confirm(owner, "do=cancel")).isEqualTo("/billing/plans?done=plan_asked");
        shows(owner, "/billing/plans", "Do not cancel");
        confirm(owner, "do=keep");
        shows(owner, "/billing/plans", "Cancel subscription");
        assertThat(customer.subscription().at("cancel_at_period_end")).isEqualTo("false");
    }

    @Test
    void whoDoesNotConfirmPaysNothing() {
        Customer customer = Customer.on("basic");
        Owner owner = Owner.of(customer);
        String page = confirm(owner, "plan=pro");

        Browser.send(page, "fail", "");

        assertThat(Browser.title(page)).isEqualTo("Not confirmed");
        assertThat(customer.subscription().at("plan")).isEqualTo("basic");
    }

    @Test
    void whatIsPastDueIsSettledAndWhatHasEndedBegunAgain() {
        Customer customer = Customer.on("basic");
        Owner owner = Owner.of(customer);
        customer.subscribe("{'status': 'past_due'}").is(200);

        Browser.send(confirm(owner, "plan=basic"), "confirm", "");
        shows(owner, "/billing/plans", "Active");
        assertThat(customer.balance().at("balance")).isEqualTo("3000");

        customer.subscribe("{'status': 'canceled'}").is(200);
        owner.get("/billing/plans").shows("Canceled", "Your balance of 3,000 credits is kept", "Choose a plan");
        Browser.send(confirm(owner, "plan=pro"), "confirm", "");
        shows(owner, "/billing/plans", "Active");
        assertThat(customer.subscription().all("plan", "status")).isEqualTo("pro active");
    }
}
