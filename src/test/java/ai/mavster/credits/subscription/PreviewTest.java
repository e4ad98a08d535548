package ai.mavster.credits.subscription;

import static ai.mavster.credits.subscription.PlanCalls.FEBRUARY;
import static ai.mavster.credits.subscription.PlanCalls.JANUARY;
import static ai.mavster.credits.subscription.PlanCalls.makePlans;
import static ai.mavster.credits.subscription.PlanCalls.put;
import static ai.mavster.credits.subscription.PlanCalls.with;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.Rows;
import ai.mavster.credits.embedded.TestDatabase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change would come to is what it comes to. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PreviewTest {

    private static final String[] CREDITS = {"balance", "cap", "next_grant"};

    @Inject
    MovableClock clock;

    @Inject
    AgroalDataSource database;

    @BeforeEach
    void begin() {
        clock.stopAt(JANUARY);
        makePlans();
    }

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void anUpgradeIsToldInFiguresAndWords() {
        Customer customer = Customer.having("3000");

        Reply preview = preview(customer, "{'plan': 'pro', 'plan_change': 'immediate_difference'}");

        assertThat(preview.all("plan", "allotment")).isEqualTo("pro 20000");
        assertThat(preview.all("preview/changes", "preview/granted", "preview/balance", "preview/cap"))
                .isEqualTo("true 17000 20000 30000");
        assertThat(preview.all("preview/next_grant/amount", "preview/next_grant/withheld"))
                .isEqualTo("10000 10000");
        assertThat(preview.at("preview/in_words"))
                .isEqualTo("basic becomes pro at once. It grants 17000 credits now; the balance is then 20000 credits."
                        + " Grants fill up to 30000 credits. The next renewal, on 10 February 2027, grants 10000 of 20000"
                        + " credits if the balance stays.");
        assertThat(customer.subscription().at("plan")).isEqualTo("basic");
        assertThat(customer.subscription().at("preview")).isNull();
    }

    @Test
    void theFirstSubscriptionIsToldToo() {
        Customer customer = Customer.create();
        customer.topUp("4000").is(201);

        Reply preview = preview(customer, "{'plan': 'basic'}");

        assertThat(preview.eTag()).isNull();
        assertThat(preview.at("preview/in_words"))
                .isEqualTo(
                        "The account is subscribed to basic, active. It grants 500 credits now, and the cap keeps back"
                                + " 2500 credits; the balance is then 4500 credits. Grants fill up to 4500 credits. The next renewal,"
                                + " on 10 February 2027, grants 0 of 3000 credits if the balance stays.");
        Customer.get(customer.path("/subscription")).is(404, "subscription_not_found");
        assertThat(customer.balance().at("balance")).isEqualTo("4000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'status': 'canceled'}",
                "{'status': 'paused'}",
                "{'cancel_at_period_end': true}",
                "{'plan': 'ultra'}",
                "{'plan': 'ultra', 'plan_change': 'immediate_difference'}",
                "{'plan': 'ultra', 'plan_effective': 'renewal'}",
                "{'plan': 'life-none', 'plan_change': 'immediate_difference'}",
                "{'plan': 'life-unlimited', 'monthly_credits': 9000, 'plan_change': 'immediate_difference'}",
                "{'plan': 'life-yearly'}",
                "{'monthly_credits': 4000}",
                "{'anchor': '2026-12-24T00:00:00Z'}",
                "{'time_zone': 'Pacific/Auckland'}"
            })
    void itIsWhatTheChangeComesTo(String body) {
        Customer customer = with("basic", "2500");
        isCarriedOut(customer, body);

        Customer late = with("basic", "2500");
        clock.stopAt(FEBRUARY.plus(Duration.ofDays(40)));
        carriesOut(late, body);

        Customer expiring = with("life-none", "700");
        clock.stopAt(FEBRUARY.plus(Duration.ofDays(80)));
        carriesOut(expiring, body);
    }

    /** Months of changes, each asked about before. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itIsWhateverCameBefore(long seed) {
        Random random = new Random(seed);
        Customer customer = put(Customer.create(), random);
        for (int i = 0; i < 40; i++) {
            clock.stopAt(clock.instant().plus(Duration.ofHours(random.nextInt(24 * 25))));
            if (random.nextBoolean()) {
                customer.topUp(String.valueOf(1 + random.nextInt(2000))).is(201);
            } else {
                customer.debit(String.valueOf(1 + random.nextInt(2000)), ", 'on_insufficient': 'take_available'");
            }
            carriesOut(customer, change(random));
        }
        assertThat(customer.proof().at("balanced")).isEqualTo("true");
    }

    private static Customer put(Customer customer, Random random) {
        carriesOut(customer, "{'plan': 'life-trial', 'status': '" + any(random, "trialing", "active") + "'}");
        return customer;
    }

    private static String change(Random random) {
        StringBuilder body = new StringBuilder("{'reason': 'Random'");
        if (random.nextInt(2) == 0) {
            String plan = any(random, "basic", "pro", "life-trial", "life-yearly", "life-none", "life-unlimited");
            body.append(", 'plan': '").append(plan).append("'");
        }
        if (random.nextInt(2) == 0) {
            String status = any(random, "active", "active", "active", "trialing", "past_due", "paused", "canceled");
            body.append(", 'status': '").append(status).append("'");
        }
        if (random.nextInt(4) == 0) {
            body.append(", 'cancel_at_period_end': ").append(random.nextBoolean());
        }
        if (random.nextInt(5) == 0) {
            body.append(", 'monthly_credits': ").append(any(random, "null", "50", "5000", "30000"));
        }
        if (random.nextInt(2) == 0) {
            body.append(", 'plan_change': '")
                    .append(any(random, "immediate_difference", "next_renewal"))
                    .append("'");
        }
        if (random.nextInt(4) == 0) {
            body.append(", 'plan_effective': '")
                    .append(any(random, "now", "renewal"))
                    .append("'");
        }
        return body.append("}").toString();
    }

    private static String any(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    /** Asks, sees that nothing was written, has it done, and compares. */
    private void isCarriedOut(Customer customer, String body) {
        Map<String, String> before = Rows.digests(database);
        preview(customer, body);
        assertThat(Rows.digests(database)).isEqualTo(before);
        carriesOut(customer, body);
    }

    private static void carriesOut(Customer customer, String body) {
        Reply preview = preview(customer, body);
        String balanceBefore = PlanCalls.balance(customer);
        String seen = preview.eTag();

        Reply done = (seen == null ? customer.subscribe(body) : customer.subscribeIf(seen, body)).is(200);

        ObjectNode told = (ObjectNode) preview.json();
        assertThat(told.putNull("preview")).as(body).isEqualTo(done.json());
        Reply balance = customer.balance();
        assertThat(List.of(CREDITS))
                .allSatisfy(field -> assertThat(preview.at("preview/" + field))
                        .as("%s of %s", field, body)
                        .isEqualTo(balance.at(field)));
        assertThat(Credits.parse(preview.at("preview/granted")).plus(Credits.parse(preview.at("preview/renewed"))))
                .as(body)
                .isEqualTo(Credits.parse(PlanCalls.balance(customer)).minus(Credits.parse(balanceBefore)));
    }

    @Test
    void itRefusesWhatTheChangeWouldRefuse() {
        Customer customer = Customer.create();

        assertThat(customer.subscribe("{'dry_run': true}").is(400).rows("errors", "field"))
                .containsExactly("plan");
        customer.subscribe("{'plan': 'gold', 'dry_run': true}").is(404, "plan_not_found");
        customer.subscribeIf("*", "{'plan': 'basic', 'dry_run': true}").is(412, "precondition_failed");
        Customer.put("/v1/accounts/nobody/subscription", "{'plan': 'basic', 'dry_run': true}")
                .is(404, "account_not_found");
    }

    private static Reply preview(Customer customer, String body) {
        String fields = body.substring(1, body.length() - 1);
        return customer.subscribe("{" + fields + (fields.isEmpty() ? "" : ", ") + "'dry_run': true}")
                .is(200);
    }
}
