package ai.mavster.credits.payment.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.function.Consumer;

/** What becomes of subscriptions at Stripe. */
public final class SubscriptionActions {

    private final StripeObjects objects;

    public SubscriptionActions(StripeServer stripe) {
        objects = stripe.objects();
    }

    /** A customer whom the service does not know. */
    public String customer() {
        return objects.make("customer", "cus", made -> {}).get("id").asText();
    }

    /** Returns its id. */
    public String subscribe(String customer, String accountId, String lookupKey, Instant anchor) {
        return objects.make("subscription", "sub", made -> {
                    made.put("customer", customer).put("status", "active").put("cancel_at_period_end", false);
                    made.put("billing_cycle_anchor", anchor.getEpochSecond());
                    made.put("start_date", anchor.getEpochSecond()).put("created", anchor.getEpochSecond());
                    made.putNull("pause_collection").putNull("canceled_at").putNull("ended_at");
                    made.putNull("trial_start").putNull("trial_end").putNull("cancel_at");
                    if (accountId != null) {
                        made.withObjectProperty("metadata").put("account_id", accountId);
                    }
                    price(made, lookupKey);
                })
                .get("id")
                .asText();
    }

    /** A price that stands for a plan. Returns its id. */
    public String price(String lookupKey) {
        return objects.make(
                        "price",
                        "price",
                        made -> made.put("lookup_key", lookupKey).put("active", true))
                .get("id")
                .asText();
    }

    /** Its price stands for another plan. */
    public static void price(ObjectNode subscription, String lookupKey) {
        ObjectNode price = (ObjectNode) subscription.at("/items/data/0/price");
        price.put("lookup_key", lookupKey);
    }

    /** The price's product names the plan. */
    public void product(String subscription, String plan) {
        String product = objects.make(
                        "product",
                        "prod",
                        made -> made.withObjectProperty("metadata").put("credits_plan", plan))
                .get("id")
                .asText();
        change(subscription, made -> ((ObjectNode) made.at("/items/data/0/price")).put("product", product));
    }

    public void change(String id, Consumer<ObjectNode> change) {
        objects.change(id, change);
    }

    public String status(String id) {
        return objects.get(id).get("status").asText();
    }

    public void status(String id, String status) {
        change(id, made -> made.put("status", status));
    }

    /** An invoice for a period, open or paid. Returns its id. */
    public String invoice(String subscription, Instant from, Instant until, String status) {
        return objects.make("invoice", "in", invoice -> {
                    invoice.put("status", status).put("subscription", subscription);
                    invoice.putObject("parent")
                            .put("type", "subscription_details")
                            .putObject("subscription_details")
                            .put("subscription", subscription);
                    ObjectNode line = (ObjectNode) invoice.at("/lines/data/0");
                    line.putObject("period").put("start", from.getEpochSecond()).put("end", until.getEpochSecond());
                    ObjectNode parent = line.putObject("parent").put("type", "subscription_item_details");
                    parent.putObject("subscription_item_details")
                            .put("subscription", subscription)
                            .put("proration", false);
                })
                .get("id")
                .asText();
    }

    public void pay(String invoice) {
        change(invoice, made -> made.put("status", "paid"));
    }
}
