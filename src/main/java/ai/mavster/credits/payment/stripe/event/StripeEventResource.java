package ai.mavster.credits.payment.stripe.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.inbox.Inbox;
import ai.mavster.credits.payment.inbox.ReceivedEvent;
import ai.mavster.credits.payment.stripe.client.StripeSettings;
import ai.mavster.credits.payment.stripe.event.EventSignature.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Where Stripe sends its events. No key: who has signed one with the endpoint's secret is Stripe. What is not signed, or
 * was long ago, is refused, and leaves no trace but a count.
 */
@Path("/v1/providers/stripe/events")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class StripeEventResource {

    private final Gateways gateways;
    private final EventSignature signature;
    private final StripeSettings settings;
    private final Inbox inbox;
    private final Map<Verdict, Counter> refused = new EnumMap<>(Verdict.class);

    StripeEventResource(
            Gateways gateways, EventSignature signature, StripeSettings settings, Inbox inbox, MeterRegistry registry) {
        this.gateways = gateways;
        this.signature = signature;
        this.settings = settings;
        this.inbox = inbox;
        for (Verdict verdict : new Verdict[] {Verdict.BROKEN, Verdict.OLD}) {
            refused.put(
                    verdict,
                    Counter.builder("payment.events.refused")
                            .description(
                                    "Requests to the endpoint for Stripe's events that were not signed by it, or too"
                                            + " long ago.")
                            .tag("signature", EnumId.of(verdict))
                            .register(registry));
        }
    }

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            hidden = true,
            operationId = "receiveStripeEvent",
            summary = "For Stripe alone, which signs what it sends")
    public void receive(byte[] body, @HeaderParam("Stripe-Signature") @Nullable String header) {
        if (!gateways.isConfigured(PaymentGateway.Provider.STRIPE)) {
            throw new ProblemException(Problems.notFound());
        }
        String text = new String(body, UTF_8);
        Verdict verdict = signature.verify(text, header);
        Counter count = refused.get(verdict);
        if (count != null) {
            count.increment();
            throw Problems.invalidRequest(
                    "Stripe-Signature", "must be Stripe's of this body, with this endpoint's secret, and of now");
        }
        StripeEvent event = StripeEvent.parse(text)
                .orElseThrow(() -> Problems.invalidRequest("body", "must be an event of Stripe's"));
        record(event);
    }

    private void record(StripeEvent event) {
        try {
            inbox.receive(new ReceivedEvent(
                    PaymentGateway.Provider.STRIPE,
                    event.id(),
                    event.type(),
                    event.objectId(),
                    event.createdAt(),
                    whyNot(event)));
        } catch (SQLException e) {
            throw new Unavailable(Unavailable.Reason.DATABASE_UNREACHABLE, e);
        }
    }

    /** Why it is of no concern; null: it is of concern. */
    private @Nullable String whyNot(StripeEvent event) {
        if (event.account() != null) {
            return "It is of a connected account";
        }
        if (event.live() != settings.isLive()) {
            return event.live()
                    ? "It is of real money, and the key is for tests"
                    : "It is of a test, and the key is not";
        }
        return Concern.of(event.type()).isPresent() ? null : "Events of this type are of no concern";
    }
}
