package ai.mavster.credits.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import java.time.Instant;

/** What the stories of subscriptions that begin on 10 January 2027 ask for. */
final class PlanCalls {

    static final Instant JANUARY = Instant.parse("2027-01-10T00:00:00Z");
    static final Instant FEBRUARY = Instant.parse("2027-02-10T00:00:00Z");

    private PlanCalls() {}

    static void makePlans() {
        plan("life-trial", "'monthly_credits': 3000, 'trial_credits': 500");
        plan("life-yearly", "'monthly_credits': 1000, 'billing_interval': 'year'");
        plan("life-none", "'monthly_credits': 1000, 'rollover': 'none'");
        plan("life-unlimited", "'monthly_credits': 1000, 'rollover': 'unlimited'");
    }

    static void plan(String id, String fields) {
        assertThat(Customer.put("/v1/plans/" + id, "{'name': 'Story', " + fields + "}")
                        .status())
                .isIn(200, 201);
    }

    static Reply put(Customer customer, String plan, String more) {
        return customer.subscribe("{'plan': '" + plan + "', 'status': 'active'" + more + "}")
                .is(200);
    }

    static Customer with(String plan, String balance) {
        Customer customer = Customer.on(plan);
        return customer.bring(balance);
    }

    static String balance(Customer customer) {
        return String.valueOf(customer.balance().at("balance"));
    }
}
