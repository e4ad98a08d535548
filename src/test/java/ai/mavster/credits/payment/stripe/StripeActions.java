package ai.mavster.credits.payment.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What customers, their banks and the dashboard do at Stripe. */
public final class StripeActions {

    /** What becomes of a payment by a card. */
    public enum Card {
        OK,
        DECLINED,
        /** The bank wants to hear of the customer. */
        CONFIRM,
        /** It takes days, as a direct debit does. */
        DAYS
    }

    private final StripeObjects objects;

    StripeActions(StripeObjects objects) {
        this.objects = objects;
    }

    /** A card that is saved with a customer. Returns its id. */
    public String saveCard(String customer, Card card) {
        return objects.make("payment_method", "pm", method -> {
                    method.put("customer", customer);
                    method.withObjectProperty("metadata").put("card", card.name());
                })
                .get("id")
                .asText();
    }

    ObjectNode intent(long amount, String currency, String customer, JsonNode metadata) {
        return objects.make("payment_intent", "pi", intent -> {
            intent.put("amount", amount).put("amount_received", 0).put("currency", currency);
            intent.put("customer", customer);
            intent.set("metadata", metadata.isObject() ? metadata : intent.get("metadata"));
            intent.putNull("canceled_at").putNull("last_payment_error").putNull("next_action");
            intent.put("status", "requires_payment_method");
        });
    }

    ObjectNode tryCard(String intentId, String method, boolean away) {
        ObjectNode card = objects.get(method);
        Card behaviour = Card.valueOf(card.at("/metadata/card").asText());
        if (behaviour == Card.OK) {
            return succeed(intentId);
        }
        return objects.change(intentId, intent -> {
            intent.put("payment_method", method);
            switch (behaviour) {
                case DAYS -> intent.put("status", "processing");
                case CONFIRM -> {
                    if (away) {
                        fail(intent, "authentication_required", "authentication_required", card);
                    } else {
                        intent.put("status", "requires_action");
                        intent.putObject("next_action")
                                .put("type", "redirect_to_url")
                                .putObject("redirect_to_url")
                                .put("url", "https://hooks.stripe.example/3ds/" + intentId);
                    }
                }
                default -> fail(intent, "card_declined", "insufficient_funds", card);
            }
        });
    }

    private static void fail(ObjectNode intent, String code, String declineCode, ObjectNode card) {
        intent.put("status", "requires_payment_method");
        ObjectNode error = intent.putObject("last_payment_error");
        error.put("type", "card_error").put("code", code).put("decline_code", declineCode);
        error.set("payment_method", card);
    }

    /** It is paid: by the customer who confirms, or the bank after days. */
    public ObjectNode succeed(String intentId) {
        ObjectNode before = objects.get(intentId);
        ObjectNode charge = objects.make("charge", "ch", made -> {
            made.put("amount", before.get("amount").asLong()).put("amount_refunded", 0);
            made.set("currency", before.get("currency"));
            made.put("payment_intent", intentId);
        });
        return objects.change(intentId, intent -> {
            intent.put("status", "succeeded")
                    .put("amount_received", intent.get("amount").asLong());
            intent.putNull("last_payment_error").putNull("next_action");
            intent.set("latest_charge", charge.get("id"));
        });
    }

    /** A direct debit comes back, or the customer does not confirm. */
    public void fail(String intentId) {
        ObjectNode method = StripeObjects.fixture("payment_method");
        objects.change(intentId, intent -> fail(intent, "payment_intent_authentication_failure", null, method));
    }

    /** The customer pays at the page, which saves the card. Returns the id of the intent. */
    public String pay(String sessionId, Card card) {
        ObjectNode session = objects.get(sessionId);
        JsonNode before = session.path("payment_intent");
        String intentId = before.isTextual()
                ? before.asText()
                : intent(
                                session.get("amount_total").asLong(),
                                session.get("currency").asText(),
                                session.get("customer").asText(),
                                session.at("/payment_intent_data/metadata"))
                        .get("id")
                        .asText();
        objects.change(intentId, intent -> intent.put("of_page", true));
        String method = saveCard(session.get("customer").asText(), card);
        String status = tryCard(intentId, method, false).get("status").asText();
        objects.change(sessionId, page -> {
            page.put("payment_intent", intentId);
            if (status.equals("succeeded") || status.equals("processing")) {
                page.put("status", "complete").putNull("url");
                page.put("payment_status", status.equals("succeeded") ? "paid" : "unpaid");
            }
        });
        return intentId;
    }

    public ObjectNode expire(String sessionId) {
        return objects.change(sessionId, page -> page.put("status", "expired").putNull("url"));
    }

    /** Gives back a part. Returns the id of the refund. */
    public String refund(String intentId, long amount) {
        String charge = objects.get(intentId).get("latest_charge").asText();
        objects.change(
                charge,
                made -> made.put("amount_refunded", made.get("amount_refunded").asLong() + amount));
        return objects.make(
                        "refund",
                        "re",
                        refund -> refund.put("amount", amount)
                                .put("charge", charge)
                                .put("payment_intent", intentId))
                .get("id")
                .asText();
    }

    /** Returns the id of the dispute. */
    public String dispute(String intentId, long amount, String status) {
        String charge = objects.get(intentId).get("latest_charge").asText();
        objects.change(charge, made -> made.put("disputed", true));
        return objects.make(
                        "dispute",
                        "dp",
                        dispute -> dispute.put("amount", amount)
                                .put("charge", charge)
                                .put("payment_intent", intentId)
                                .put("status", status))
                .get("id")
                .asText();
    }

    public void close(String disputeId, String status) {
        objects.change(disputeId, dispute -> dispute.put("status", status));
    }
}
