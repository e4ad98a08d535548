package ai.mavster.credits.alert;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import java.util.List;

/** What the stories about alerts ask over HTTP. */
final class AlertCalls {

    private AlertCalls() {}

    static Reply set(Customer customer, String settings) {
        return Customer.put(customer.path("/alert-settings"), settings);
    }

    /** What the account was told, the newest first: {@code scope scope_id threshold used limit}. */
    static List<String> told(Customer customer) {
        return told(customer, "");
    }

    static List<String> told(Customer customer, String query) {
        return Customer.get(customer.path("/alerts" + query))
                .is(200)
                .rows("data", "scope", "threshold", "used", "limit");
    }
}
