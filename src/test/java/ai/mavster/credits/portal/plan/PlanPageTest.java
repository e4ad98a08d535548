package ai.mavster.credits.portal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.portal.Owner;
import ai.mavster.credits.portal.Shown;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class PlanPageTest {

    private static final String CHANGE = "/billing/plans/change";

    @Inject
    AgroalDataSource dataSource;

    private static Shown confirm(Owner owner, String what) {
        Shown said = owner.get(CHANGE + "?" + what).is(200);
        return owner.post(CHANGE, what, "seen=" + said.hidden("seen"));
    }

    @Test
    void anOwnerCancelsAndTakesItBack() {
        Customer customer = Customer.onTestClock("2026-01-15T12:00:00Z");
        customer.subscribe("{'plan': 'basic'}").is(200);
        Owner owner = Owner.of(customer);

        owner.get("/billing/subscription").is(200).shows("Basic", "Active", "Renews on Feb 15, 2026", "4,500");
        owner.get(CHANGE + "?do=cancel")
                .is(200)
                .shows(
                        "The subscription ends on Feb 15, 2026.",
                        "your balance is kept",
                        "No further month is granted.");
        assertThat(customer.subscription().at("cancel_at_period_end")).isEqualTo("false");

        assertThat(confirm(owner, "do=cancel").is(303).location()).isEqualTo("/billing/plans?done=plan_cancel");
        assertThat(customer.subscription().at("cancel_at_period_end")).isEqualTo("true");
        owner.post(CHANGE, "do=cancel", "seen=").is(303);
        assertThat(Customer.get(customer.path("/subscription/changes")).at("data/0/author/type"))
                .isEqualTo("page_session");
        owner.speaking("de-DE").get("/billing/plans").shows("Endet am", "15.02.2026", "Kündigung zurücknehmen");

        confirm(owner, "do=keep").is(303);
        assertThat(customer.subscription().at("cancel_at_period_end")).isEqualTo("false");
    }

    @Test
    void aSmallerPlanWaitsForThePeriodsEnd() {
        Customer customer = Customer.on("pro");
        Owner owner = Owner.of(customer);

        owner.get(CHANGE + "?plan=basic")
                .is(200)
                .shows("Pro stays until", "becomes Basic then", "fill your balance up to 4,500");
        confirm(owner, "plan=basic").is(303);
        assertThat(customer.subscription().all("plan", "next_plan")).isEqualTo("pro basic");

        confirm(owner, "plan=pro").is(303);
        assertThat(customer.subscription().all("plan", "next_plan")).isEqualTo("pro null");
    }

    @Test
    void whatHasChangedMeanwhileIsSaidAnew() {
        Customer customer = Customer.on("pro");
        Owner owner = Owner.of(customer);
        String seen = owner.get(CHANGE + "?do=cancel").hidden("seen");
        customer.subscribe("{'plan': 'ultra'}").is(200);

        Shown again = owner.post(CHANGE, "do=cancel", "seen=" + seen).is(412);

        again.shows("Something has changed meanwhile.", "What will happen");
        assertThat(customer.subscription().at("cancel_at_period_end")).isEqualTo("false");
        owner.post(CHANGE, "do=cancel", "seen=" + again.hidden("seen")).is(303);
        assertThat(customer.subscription().at("cancel_at_period_end")).isEqualTo("true");
    }

    /** What is paid for leads to the provider's page, and changes nothing here. */
    @Test
    void nobodyGetsMoreWithoutPaying() {
        Customer customer = Customer.on("basic");
        Owner owner = Owner.of(customer);

        assertThat(confirm(owner, "plan=ultra").is(303).location()).contains("/sandbox/subscriptions/");
        assertThat(customer.subscription().all("plan", "status")).isEqualTo("basic active");

        customer.subscribe("{'status': 'canceled'}").is(200);
        assertThat(confirm(owner, "plan=basic").is(303).location()).contains("/sandbox/subscriptions/");
        customer.subscribe("{'status': 'past_due'}").is(200);
        owner.get("/billing/payment")
                .is(200)
                .shows("Past due", "Settle the payment", "Your balance of 3,000 credits is kept");
        assertThat(confirm(owner, "plan=basic").is(303).location()).contains("/sandbox/subscriptions/");
        owner.post(CHANGE, "plan=ultra", "seen=").is(409).shows("This is not possible now.");
        owner.post(CHANGE, "do=keep", "seen=").is(409);
        owner.post(CHANGE, "plan=none-such", "seen=").is(400).shows("Please choose one of the plans.");
        assertThat(customer.subscription().all("plan", "status", "cancel_at_period_end"))
                .isEqualTo("basic past_due false");
    }

    @Test
    void aProviderThatIsAwayKeepsNobodyFromTheirPlan() {
        Customer customer = Customer.on("basic");
        Owner owner = Owner.of(customer);
        String seen = owner.get(CHANGE + "?plan=ultra").is(200).hidden("seen");
        database("ALTER TABLE sandbox_subscription RENAME TO sandbox_subscription_away");
        try {
            owner.get("/billing/plans").is(200).shows("Basic", "Your plan");
            owner.get(CHANGE + "?plan=ultra").is(200).shows("What will happen");
            owner.post(CHANGE, "plan=ultra", "seen=" + seen)
                    .is(503)
                    .shows("The payment provider gave no answer.", "Basic", "Your plan");
        } finally {
            database("ALTER TABLE sandbox_subscription_away RENAME TO sandbox_subscription");
        }
        assertThat(confirm(owner, "plan=ultra").is(303).location()).contains("/sandbox/subscriptions/");
    }

    private void database(String statement) {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aClosedAccountIsShownAndNotChanged() {
        Customer customer = Customer.on("pro");
        Owner owner = Owner.of(customer);
        String seen = owner.get(CHANGE + "?do=cancel").hidden("seen");
        customer.close("?balance=void").is(200);

        owner.get("/billing/plans").is(200).shows("This account is closed").showsNot("Cancel subscription", "Choose");
        owner.post(CHANGE, "do=cancel", "seen=" + seen).is(409);
        owner.post(CHANGE, "plan=ultra", "seen=" + seen).is(409);
        assertThat(customer.subscription().at("plan")).isEqualTo("pro");
    }
}
