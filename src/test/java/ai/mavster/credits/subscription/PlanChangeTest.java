package ai.mavster.credits.subscription;

import static ai.mavster.credits.subscription.PlanCalls.FEBRUARY;
import static ai.mavster.credits.subscription.PlanCalls.JANUARY;
import static ai.mavster.credits.subscription.PlanCalls.balance;
import static ai.mavster.credits.subscription.PlanCalls.makePlans;
import static ai.mavster.credits.subscription.PlanCalls.plan;
import static ai.mavster.credits.subscription.PlanCalls.put;
import static ai.mavster.credits.subscription.PlanCalls.with;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of plan, and what they grant, through HTTP. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PlanChangeTest {

    @Inject
    MovableClock clock;

    @BeforeEach
    void begin() {
        clock.stopAt(JANUARY);
        makePlans();
    }

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @ParameterizedTest(name = "{0} at {1} to {2}: {3}, {4} withheld")
    @CsvSource(textBlock = """
            # from,          balance, to,             granted, withheld
            basic,                 0, pro,              17000, 0
            basic,             13000, pro,              17000, 0
            basic,             13001, pro,              16999, 1
            basic,             29999, pro,                  1, 16999
            basic,             30000, pro,                  0, 17000
            basic,                 0, basic,                0, 0
            pro,                   0, basic,                0, 0
            basic,             90000, life-unlimited,       0, 0
            life-unlimited,    90000, basic,                0, 2000
            basic, 13000.000001,      pro,       16999.999999, 0.000001
            """)
    void theDifferenceToALargerPlanFillsUpToItsCap(
            String from, String before, String to, String granted, String withheld) {
        Customer customer = with(from, before);

        put(customer, to, ", 'plan_change': 'immediate_difference'");

        Reply history = Customer.get(customer.path("/subscription/changes")).is(200);
        boolean changed = !from.equals(to);
        assertThat(history.rows("data", "kind")).hasSize(changed ? 2 : 1);
        assertThat(history.all("data/0/granted", "data/0/withheld")).isEqualTo(granted + " " + withheld);
        assertThat(history.at("data/0/grant_id") == null).isEqualTo(granted.equals("0"));
        assertThat(customer.renewals().rows("data", "index")).hasSize(1);
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    @Test
    void aMonthComesToTheLargestAllotmentHoweverOftenThePlanChanges() {
        Customer customer = with("basic", "0");
        String difference = ", 'plan_change': 'immediate_difference'";

        for (String plan : new String[] {"pro", "basic", "ultra", "pro", "ultra", "basic", "pro"}) {
            put(customer, plan, difference);
            customer.bring("0");
        }
        customer.subscribe("{'plan': 'ultra', 'status': 'canceled'}").is(200);
        put(customer, "ultra", difference);

        assertThat(Customer.get(customer.path("/subscription/changes")).rows("data", "plan", "granted"))
                .containsExactly(
                        "ultra 0",
                        "ultra 0",
                        "pro 0",
                        "basic 0",
                        "ultra 0",
                        "pro 0",
                        "ultra 40000",
                        "basic 0",
                        "pro 17000",
                        "basic 0");
        assertThat(balance(customer)).isEqualTo("0");
    }

    @Test
    void byDefaultTheNewPlanGrantsFromTheNextRenewalOn() {
        Customer customer = with("basic", "0");

        put(customer, "pro", "");

        assertThat(customer.balance().all("balance", "cap", "next_grant/amount"))
                .isEqualTo("0 30000 20000");
        put(customer, "pro", ", 'plan_change': 'immediate_difference'");
        assertThat(balance(customer)).isEqualTo("17000");
    }

    @Test
    void aPlanChosenForTheRenewalIsEnteredThen() {
        Customer customer = with("pro", "0");

        Reply subscription = put(customer, "basic", ", 'plan_effective': 'renewal', 'reason': 'too much'");

        assertThat(subscription.all("plan", "next_plan", "allotment")).isEqualTo("pro basic 20000");
        assertThat(customer.balance().all("plan", "cap", "next_grant/amount")).isEqualTo("pro 30000 3000");
        // what does not speak of the plan leaves the choice alone
        assertThat(put(customer, "pro", "").at("next_plan")).isEqualTo("basic");
        clock.stopAt(FEBRUARY);
        Customer.renew(FEBRUARY.toString());

        assertThat(customer.balance().all("plan", "balance", "cap")).isEqualTo("basic 3000 4500");
        assertThat(Customer.get(customer.path("/subscription/changes"))
                        .rows("data", "kind", "author/id", "previous_plan", "plan", "next_plan", "reason"))
                .first()
                .isEqualTo("plan_entered renewals pro basic null null");
        assertThat(Customer.get(customer.path("/subscription/changes")).rows("data", "reason"))
                .containsExactly("null", "too much", "null");
    }

    @Test
    void theChoiceForTheRenewalCanBeTakenBack() {
        Customer customer = with("pro", "0");
        put(customer, "basic", ", 'plan_effective': 'renewal'");

        assertThat(put(customer, "pro", ", 'plan_effective': 'renewal'").at("next_plan"))
                .isNull();
        assertThat(customer.balance().at("next_grant/amount")).isEqualTo("20000");
    }

    @Test
    void ofAYearlyPlanTheChoiceForTheRenewalWaitsForTheYear() {
        Customer customer = with("life-yearly", "0");
        put(customer, "basic", ", 'plan_effective': 'renewal'");

        clock.stopAt(FEBRUARY);
        Customer.renew(FEBRUARY.toString());
        assertThat(customer.balance().all("plan", "balance")).isEqualTo("life-yearly 1000");

        Instant year = Instant.parse("2028-01-10T00:00:00Z");
        clock.stopAt(year);
        Customer.renew(year.toString());
        assertThat(customer.balance().all("plan", "balance")).isEqualTo("basic 4500");
    }

    @Test
    void withoutRolloverTheDifferenceEndsWithThePeriodToo() {
        plan("life-none-more", "'monthly_credits': 5000, 'rollover': 'none'");
        Customer customer = with("life-none", "1000");
        customer.topUp("7").is(201);

        put(customer, "life-none-more", ", 'plan_change': 'immediate_difference'");

        assertThat(balance(customer)).isEqualTo("5007");
        clock.stopAt(FEBRUARY);
        assertThat(balance(customer)).isEqualTo("7");
        Customer.renew(FEBRUARY.toString());
        assertThat(balance(customer)).isEqualTo("5007");
    }
}
