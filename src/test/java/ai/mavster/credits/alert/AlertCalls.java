package ai.mavster.credits.alert;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import java.util.List;

/** What the stories about alerts ask over HTTP. */
final class AlertCalls {

    private AlertCalls() {}

    /** A new account with so many credits, of which none were spent: so no threshold of its plan was reached. */
    static Customer unspent(String balance) {
        Customer customer = Customer.on("basic");
        customer.topUp(balance).is(201);
        customer.adjust("-3000").is(201);
        return customer;
    }

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
