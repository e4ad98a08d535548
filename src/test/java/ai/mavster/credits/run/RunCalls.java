package ai.mavster.credits.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import java.util.UUID;

/** What the admin's key asks of runs over HTTP. */
final class RunCalls {

    private RunCalls() {}

    static Reply start(Customer customer, String more) {
        return start(customer, Customer.newKey(), more);
    }

    /** {@code more} is further fields: {@code ", 'hold': 40"}. */
    static Reply start(Customer customer, String key, String more) {
        return Customer.post(customer.path("/runs"), key, "{" + more.replaceFirst("^, ", "") + "}");
    }

    static String path(Customer customer, String runId) {
        return customer.path("/runs/" + runId.replace("/", "%2F"));
    }

    static String newId() {
        return "run-" + UUID.randomUUID();
    }

    static String named(String runId) {
        return ", 'run_id': '" + runId + "'";
    }

    static Reply debit(Customer customer, String runId, String credits) {
        return debit(customer, runId, Customer.newKey(), "'credits': " + credits);
    }

    static Reply debit(Customer customer, String runId, String key, String body) {
        return Customer.post(path(customer, runId) + "/debits", key, "{" + body + "}");
    }

    static Reply extend(Customer customer, String runId, String key, String credits) {
        return Customer.post(path(customer, runId) + "/hold", key, "{'credits': " + credits + "}");
    }

    static Reply finish(Customer customer, String runId, String status) {
        return Customer.post(path(customer, runId) + "/finish", "{'status': '" + status + "'}");
    }

    static Reply beat(Customer customer, String runId) {
        return Customer.post(path(customer, runId) + "/heartbeat", "");
    }

    static Reply run(Customer customer, String runId) {
        return Customer.get(path(customer, runId)).is(200);
    }

    /** What was reserved, drawn and released, and what is left. */
    static String hold(Reply run) {
        return run.all("hold/amount", "hold/captured", "hold/released", "hold/remaining");
    }

    static void isProved(Customer customer) {
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }
}
