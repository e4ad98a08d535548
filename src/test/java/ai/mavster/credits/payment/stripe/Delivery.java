package ai.mavster.credits.payment.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.net.Webhook;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/** An event as Stripe sends it: its fixture's shape, with a real signature. */
public record Delivery(String id, String body) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static Delivery of(String type, String objectId) {
        return of(type, objectId, Instant.now(), event -> {});
    }

    /** Its payload says nothing of what the object is now: that is to be fetched. */
    public static Delivery of(String type, String objectId, Instant created, Consumer<ObjectNode> change) {
        ObjectNode event = StripeObjects.fixture("event");
        String id = "evt_" + UUID.randomUUID().toString().replace("-", "");
        event.put("id", id).put("type", type).put("created", created.getEpochSecond());
        event.put("api_version", "2026-07-29.dahlia");
        ObjectNode object = event.putObject("data").putObject("object");
        object.put("id", objectId).put("status", "of the time when the event was made");
        change.accept(event);
        return new Delivery(id, event.toString());
    }

    public static String signature(String body, String secret, Instant at) {
        try {
            return Webhook.Signature.generateSignatureHeader(body, secret, at.getEpochSecond());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** To a service at an address. Returns the status of its answer. */
    public int sendTo(String service) {
        return sendTo(service, signature(body, LocalStripe.SECRET, Instant.now()));
    }

    public int sendTo(String service, String signature) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(service.replaceFirst("/$", "") + "/v1/providers/stripe/events"))
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (signature != null) {
            request.header("Stripe-Signature", signature);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
