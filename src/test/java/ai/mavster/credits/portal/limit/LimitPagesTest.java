package ai.mavster.credits.portal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.portal.Owner;
import ai.mavster.credits.portal.Shown;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class LimitPagesTest {

    private static final String BUDGETS = "/billing/budgets";

    private Customer customer;
    private Owner owner;

    @BeforeEach
    void enter() {
        customer = Customer.having("1000");
        owner = Owner.of(customer);
    }

    /** Sends the form of a project's budget; {@code others} is fields with other values than these. */
    private Shown budget(String scopeId, String limit, String... others) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of(
                "scope", "project",
                "scope_id", scopeId,
                "usage_limit", limit,
                "window", "month",
                "thresholds", "50, 75",
                "email", ""));
        for (String other : others) {
            int equals = other.indexOf('=');
            fields.put(other.substring(0, equals), other.substring(equals + 1));
        }
        return owner.post(
                BUDGETS,
                fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .toArray(String[]::new));
    }

    @Test
    void aBudgetIsSetWithWhatIsUsedOfIt() {
        customer.debit("12.5", ", 'project_id': 'checkout'").is(201);

        assertThat(budget("checkout", "1,040.5").is(303).location()).isEqualTo("/billing/budgets?done=budget_saved");

        owner.get(BUDGETS + "?done=budget_saved")
                .is(200)
                .shows("Saved.", "Project checkout", "Within the limit", "12.5", "1,028", "1,040.5");
        assertThat(Customer.get(customer.path("/budgets/project/checkout"))
                        .is(200)
                        .at("usage_limit"))
                .isEqualTo("1040.5");
    }

    @Test
    void aLimitThatBlocksAtOnceIsSetOnceThatWasSaid() {
        customer.debit("12.5", ", 'project_id': 'checkout'").is(201);

        Shown asked = budget("checkout", "10").is(200).shows("everything more is refused at once", "12.5 are used");
        Customer.get(customer.path("/budgets/project/checkout")).is(404);
        budget("checkout", "9", "confirmed=" + asked.hidden("confirmed")).is(200);
        budget("checkout", "10", "confirmed=10").is(303);

        owner.get(BUDGETS).shows("Used up", "Raise the limit to go on");
        customer.debit("1", ", 'project_id': 'checkout'").is(402);
        budget("checkout", "100").is(303);
        customer.debit("1", ", 'project_id': 'checkout'").is(201);
    }

    @Test
    void aBudgetIsDeletedOnceOrTwice() {
        budget("checkout", "100").is(303);

        owner.post(BUDGETS + "/delete", "scope=project", "scope_id=checkout").is(303);
        owner.post(BUDGETS + "/delete", "scope=project", "scope_id=checkout").is(303);

        owner.get(BUDGETS).shows("No budgets yet");
    }

    @Test
    void theAccountOfABudgetIsTheSessions() {
        Customer other = Customer.having("10");

        owner.post(
                        BUDGETS,
                        "scope=account",
                        "scope_id=" + other.id,
                        "usage_limit=500",
                        "window=day",
                        "thresholds=",
                        "email=")
                .is(303);

        Customer.get(customer.path("/budgets/account/" + customer.id)).is(200);
        Customer.get(other.path("/budgets/account/" + other.id)).is(404);
    }

    @Test
    void whatCannotBeTakenIsShownAgainBesideItsField() {
        Shown shown = budget("check out", "many").is(400).shows("Please check this", "at most 128");

        assertThat(shown.body()).contains("value=\"check out\"", "value=\"many\"", "aria-invalid");
        budget("checkout", "-1").is(400);
        budget("checkout", "many").is(400).shows("The limit is a number");
        budget("checkout", "10", "email=nobody").is(400).shows("Write a mail address");
        budget("checkout", "10", "window=year").is(400);
        budget("checkout", "10", "thresholds=0").is(400);
        owner.speaking("de").post(BUDGETS, "scope=plan").is(400).shows("Wählen Sie, wofür das Budget gilt");
        owner.get(BUDGETS + "?cursor=nonsense").is(400);
    }

    @Test
    void theAccountsBudgetIsFirstAndNoneIsLost() {
        owner.post(BUDGETS, "scope=account", "usage_limit=900", "window=month", "thresholds=", "email=")
                .is(303);
        for (int i = 0; i < 30; i++) {
            Customer.put(customer.path("/budgets/project/p-" + i), "{'usage_limit': 10}")
                    .is(201);
        }

        Shown first = owner.get(BUDGETS).is(200).shows("Whole account", "Project p-29", "More budgets");
        String next = first.body().replaceAll("(?s).*href=\"(/billing/budgets\\?cursor=[^\"]*)\".*", "$1");

        assertThat(first.text().indexOf("Whole account"))
                .isLessThan(first.text().indexOf("Project p-29"));
        owner.get(next).is(200).shows("Project p-0").showsNot("Project p-29", "More budgets");
    }

    @Test
    void alertsAreToldInSentencesAndFiltered() {
        Customer.put(customer.path("/budgets/project/checkout"), "{'usage_limit': 100, 'alert_thresholds': [62.5]}")
                .is(201);
        owner.get("/billing/alerts").is(200).showsNot("project checkout");
        owner.post("/billing/alerts", "debit_above=50", "thresholds=", "thresholds_before=50, 75, 90")
                .is(303);
        customer.debit("70", ", 'project_id': 'checkout'").is(201);

        owner.get("/billing/alerts")
                .shows(
                        "62.5% of the budget of project checkout is used: 70 of 100",
                        "A single debit took 70 credits, more than 50");
        owner.speaking("de")
                .get("/billing/alerts?about=project")
                .shows("62,5 % des Budgets des Projekts checkout sind verbraucht: 70 von 100")
                .showsNot("Eine einzelne Abbuchung nahm");
        assertThat(Customer.get(customer.path("/alert-settings")).is(200).at("thresholds"))
                .isEqualTo("[]");
        assertThat(Customer.get(customer.path("/alert-settings")).at("running_out"))
                .isEqualTo("false");
    }

    @Test
    void theBillingAddressIsChangedAndCleared() {
        owner.post("/billing/settings", "email=billing@example.com").is(303);
        assertThat(owner.get("/billing/settings").is(200).body()).contains("value=\"billing@example.com\"");
        owner.post("/billing/settings", "email=\"><script>alert(1)</script>")
                .is(400)
                .shows("Write a mail address");
        assertThat(Customer.get(customer.path("")).at("billing_email")).isEqualTo("billing@example.com");

        owner.post("/billing/settings", "email=").is(303);

        assertThat(Customer.get(customer.path("")).at("billing_email")).isNull();
    }

    @Test
    void aClosedAccountShowsAndChangesNothing() {
        budget("checkout", "100").is(303);
        Customer.delete(customer.path("")).is(200);

        owner.get(BUDGETS).is(200).showsNot("New budget", "Change");
        budget("checkout", "200").is(409).shows("This account is closed");
        owner.post("/billing/alerts", "debit_above=5", "thresholds=").is(409);
        owner.post("/billing/settings", "email=a@example.com").is(409);
        owner.get("/billing/alerts").is(200);
        owner.get("/billing/settings").is(200);
    }
}
