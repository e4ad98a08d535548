package ai.mavster.credits.payment.stripe;

import ai.mavster.credits.payment.stripe.StripeServer.Answer;
import ai.mavster.credits.payment.stripe.StripeServer.Asked;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Those of Stripe's endpoints that are asked. */
final class StripeEndpoints {

    private static final Map<String, String> TYPES = Map.of(
            "payment_intents", "payment_intent",
            "customers", "customer",
            "charges", "charge",
            "refunds", "refund",
            "disputes", "dispute",
            "subscriptions", "subscription",
            "invoices", "invoice",
            "products", "product",
            "payment_methods", "payment_method",
            "sessions", "checkout.session");

    private final StripeObjects objects;
    private final StripeActions actions;

    StripeEndpoints(StripeObjects objects, StripeActions actions) {
        this.objects = objects;
        this.actions = actions;
    }

    Answer answer(Asked request) {
        if (request.path().equals("/v1/billing_portal/sessions")) {
            return new Answer(200, portal(request.form()));
        }
        String[] path = request.path()
                .replace("/v1/checkout/", "/v1/")
                .substring("/v1/".length())
                .split("/", -1);
        String type = path[0].equals("prices") ? "price" : TYPES.get(path[0]);
        if (path.length == 1) {
            return request.method().equals("POST") ? create(type, request.form()) : list(type, request.form());
        }
        ObjectNode object = objects.get(path[1]);
        if (object == null || !object.get("object").asText().equals(type)) {
            return Answer.error(404, "invalid_request_error", "resource_missing");
        }
        if (path.length == 3) {
            return act(path[2], object, request.form());
        }
        return request.method().equals("POST") ? update(path[1], request.form()) : new Answer(200, object);
    }

    private static ObjectNode portal(ObjectNode form) {
        ObjectNode session = StripeObjects.JSON.createObjectNode();
        session.put("id", "bps_test").put("object", "billing_portal.session");
        return session.put(
                "url", "https://billing.stripe.example/" + form.get("customer").asText());
    }

    private Answer list(String type, JsonNode asked) {
        List<ObjectNode> found = objects.all(
                type,
                object -> fits(object, asked, "customer")
                        && fits(object, asked, "payment_intent")
                        && fits(object, asked, "charge")
                        && fits(object, asked, "subscription")
                        && fits(object, asked, "status")
                        && (!asked.has("lookup_keys")
                                || asked.at("/lookup_keys/0")
                                        .asText()
                                        .equals(object.path("lookup_key").asText()))
                        && object.get("created").asLong()
                                >= asked.at("/created/gte").asLong(0)
                        && object.get("created").asLong()
                                < asked.at("/created/lt").asLong(Long.MAX_VALUE));
        return new Answer(200, objects.page(found, asked));
    }

    private static boolean fits(ObjectNode object, JsonNode asked, String field) {
        return !asked.has(field)
                || object.path(field).asText().equals(asked.get(field).asText());
    }

    private Answer create(String type, ObjectNode form) {
        return switch (type) {
            case "customer" -> new Answer(200, objects.make(type, "cus", customer -> copy(form, customer)));
            case "checkout.session" -> new Answer(200, session(form));
            case "payment_intent" -> intent(form);
            default -> throw new AssertionError("Nobody makes a " + type);
        };
    }

    private Answer update(String id, ObjectNode form) {
        return new Answer(200, objects.change(id, object -> copy(form, object)));
    }

    private static void copy(ObjectNode form, ObjectNode object) {
        form.properties().forEach(field -> {
            if (!field.getKey().equals("expand")) {
                object.set(field.getKey(), field.getValue());
            }
        });
    }

    private ObjectNode session(ObjectNode form) {
        JsonNode item = form.at("/line_items/0");
        return objects.make("checkout.session", "cs", session -> {
            copy(form, session);
            session.remove("line_items");
            session.putNull("payment_intent").putNull("currency_conversion");
            session.put("status", "open").put("payment_status", "unpaid");
            session.put("expires_at", form.path("expires_at").asLong());
            session.put(
                    "amount_total",
                    item.at("/price_data/unit_amount").asLong()
                            * item.path("quantity").asLong());
            session.put("currency", item.at("/price_data/currency").asText());
            session.put(
                    "url",
                    "https://checkout.stripe.example/" + session.get("id").asText());
        });
    }

    private Answer intent(ObjectNode form) {
        ObjectNode made = actions.intent(
                form.path("amount").asLong(),
                form.path("currency").asText(),
                form.path("customer").asText(),
                form.path("metadata"));
        if (!form.path("confirm").asText().equals("true")) {
            return new Answer(200, made);
        }
        boolean away = form.path("off_session").asText().equals("true");
        return tried(made.get("id").asText(), form.path("payment_method").asText(), away);
    }

    private Answer tried(String intentId, String method, boolean away) {
        ObjectNode intent = actions.tryCard(intentId, method, away);
        boolean failed = intent.get("status").asText().equals("requires_payment_method");
        if (!failed) {
            return new Answer(200, intent);
        }
        Answer error = Answer.error(
                402, "card_error", intent.at("/last_payment_error/code").asText());
        ObjectNode what = (ObjectNode) error.body().get("error");
        what.put("decline_code", intent.at("/last_payment_error/decline_code").asText(null));
        what.set("payment_intent", intent);
        return error;
    }

    private Answer act(String what, ObjectNode object, ObjectNode form) {
        String id = object.get("id").asText();
        String status = object.path("status").asText();
        return switch (what) {
            case "confirm" ->
                tried(
                        id,
                        form.path("payment_method").asText(),
                        form.path("off_session").asText().equals("true"));
            case "cancel" ->
                status.equals("succeeded") || status.equals("canceled") || object.has("of_page")
                        ? Answer.error(400, "invalid_request_error", "payment_intent_unexpected_state")
                        : new Answer(200, objects.change(id, intent -> intent.put("status", "canceled")));
            case "expire" ->
                status.equals("open")
                        ? new Answer(200, actions.expire(id))
                        : Answer.error(400, "invalid_request_error", null);
            default -> throw new AssertionError("Nobody asks for " + what);
        };
    }
}
