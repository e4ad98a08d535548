package ai.mavster.credits.subscription;

import static ai.mavster.credits.subscription.PlanCalls.FEBRUARY;
import static ai.mavster.credits.subscription.PlanCalls.JANUARY;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans keep what they were, who changed them and why; and what was granted tells by which of it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PlanVersionTest {

    @Inject
    MovableClock clock;

    private final String plan = "versions-" + UUID.randomUUID();

    @BeforeEach
    void begin() {
        clock.stopAt(JANUARY);
    }

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void eachChangeIsKeptWithWhoAndWhy() {
        put("'name': 'Team', 'monthly_credits': 1000, 'reason': 'New'").is(201);
        clock.stopAt(JANUARY.plusSeconds(60));
        Reply changed = put("'name': 'Team', 'monthly_credits': 1200, 'cap_ratio': null, 'reason': 'More for the same'")
                .is(200);
        clock.stopAt(JANUARY.plusSeconds(120));
        put("'name': 'Teams', 'monthly_credits': 1200, 'cap_ratio': null").is(200);

        assertThat(changed.at("version")).isEqualTo("2");
        Reply versions = Customer.get(path("/versions")).is(200);
        assertThat(versions.rows("data", "version", "valid_from", "name", "monthly_credits", "cap_ratio", "reason"))
                .containsExactly(
                        "3 2027-01-10T00:02:00Z Teams 1200 null null",
                        "2 2027-01-10T00:01:00Z Team 1200 null More for the same",
                        "1 2027-01-10T00:00:00Z Team 1000 1.5 New");
        assertThat(versions.all("data/0/author/type", "data/0/author/name")).isEqualTo("api_key first admin key");
        assertThat(Customer.get(path("")).is(200).all("id", "name", "version")).isEqualTo(plan + " Teams 3");
    }

    @Test
    void puttingWhatIsThereAddsNone() {
        put("'name': 'Team', 'monthly_credits': 1000").is(201);

        put("'name': 'Team', 'monthly_credits': 1000, 'cap_ratio': 1.50, 'rollover': 'capped', 'reason': 'Again'")
                .is(200);

        assertThat(Customer.get(path("/versions")).rows("data", "version")).containsExactly("1");
    }

    @Test
    void theyComePageByPage() {
        for (int credits = 1; credits <= 5; credits++) {
            put("'name': 'Team', 'monthly_credits': " + credits).is(credits == 1 ? 201 : 200);
        }

        Reply first = Customer.get(path("/versions?limit=2"));
        Reply second = Customer.get(path("/versions?limit=2&cursor=" + first.at("next_cursor")));
        Reply third = Customer.get(path("/versions?limit=2&cursor=" + second.at("next_cursor")));

        assertThat(first.rows("data", "version")).containsExactly("5", "4");
        assertThat(second.rows("data", "version")).containsExactly("3", "2");
        assertThat(third.rows("data", "version", "monthly_credits")).containsExactly("1 1");
        assertThat(third.at("has_more")).isEqualTo("false");
        Customer.get(path("/versions?cursor=bm8")).is(400, "invalid_request");
    }

    @Test
    void whatWasShippedSaysSo() {
        Reply shipped = Customer.get("/v1/plans/ultra/versions?limit=1000").is(200);

        assertThat(shipped.rows("data", "version", "author/type", "author/id", "monthly_credits"))
                .last()
                .isEqualTo("1 job shipped 60000");
        Customer.get("/v1/plans/gold").is(404, "plan_not_found");
        Customer.get("/v1/plans/gold/versions").is(404, "plan_not_found");
    }

    @Test
    void whatIsGrantedTellsTheVersionThen() {
        put("'name': 'Team', 'monthly_credits': 1000").is(201);
        Customer customer = Customer.on(plan);
        put("'name': 'Team', 'monthly_credits': 400, 'reason': 'Less'").is(200);
        clock.stopAt(FEBRUARY);
        Customer.renew(FEBRUARY.toString());
        customer.subscribe("{'status': 'paused', 'reason': 'Away'}").is(200);

        assertThat(customer.renewals().rows("data", "plan", "plan_version", "granted"))
                .containsExactly(plan + " 2 0", plan + " 1 1000");
        assertThat(Customer.get(customer.path("/subscription/changes"))
                        .rows("data", "kind", "plan_version", "author/name", "reason"))
                .containsExactly("changed 2 first admin key Away", "subscribed 1 first admin key null");
    }

    private Reply put(String fields) {
        return Customer.put(path(""), "{" + fields + "}");
    }

    private String path(String rest) {
        return "/v1/plans/" + plan + rest;
    }
}
