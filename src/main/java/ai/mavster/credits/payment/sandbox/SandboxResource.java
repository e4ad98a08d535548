package ai.mavster.credits.payment.sandbox;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What happens to payments of the sandbox after they were paid, as people and tests want it: refunds and disputes.
 * Outside the contract, and not there where the sandbox is not configured.
 */
@Path("/sandbox/payments/{payment_id}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.ADMIN)
@Blocking
public class SandboxResource {

    private final Gateways gateways;
    private final SandboxBank bank;
    private final SandboxPaymentRepository payments;

    SandboxResource(Gateways gateways, SandboxBank bank, SandboxPaymentRepository payments) {
        this.gateways = gateways;
        this.bank = bank;
        this.payments = payments;
    }

    /** How much is given back. */
    record Refund(@Positive @Nullable BigDecimal amount) {}

    /** How a dispute ends. */
    record Verdict(@NotNull Boolean won) {}

    /** A payment, as the sandbox has it. */
    record SandboxPayment(
            String id, String status, BigDecimal amount, String currency, BigDecimal refunded, BigDecimal disputed) {}

    @POST
    @Path("/refund")
    @Refuses(Refusal.Code.NOT_FOUND)
    @Operation(hidden = true)
    public SandboxPayment refund(@PathParam("payment_id") String paymentId, @NotNull @Valid Refund body) {
        return changed(
                paymentId,
                payment -> bank.refund(payment, body.amount),
                new InvalidInput("amount", "must be no more than was paid and not given back"));
    }

    @POST
    @Path("/dispute")
    @Refuses(Refusal.Code.NOT_FOUND)
    @Operation(hidden = true)
    public SandboxPayment dispute(@PathParam("payment_id") String paymentId) {
        return changed(
                paymentId,
                bank::dispute,
                new InvalidInput("payment_id", "must be of a payment that is paid and not disputed"));
    }

    @POST
    @Path("/dispute/close")
    @Refuses(Refusal.Code.NOT_FOUND)
    @Operation(hidden = true)
    public SandboxPayment close(@PathParam("payment_id") String paymentId, @NotNull @Valid Verdict body) {
        return changed(
                paymentId,
                payment -> bank.closeDispute(payment, body.won),
                new InvalidInput("payment_id", "must be of a payment that is disputed"));
    }

    private SandboxPayment changed(String paymentId, Predicate<SandboxPaymentRow> change, InvalidInput otherwise) {
        if (!gateways.isConfigured(PaymentGateway.Provider.SANDBOX)) {
            throw notFound();
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            SandboxPaymentRow payment = payments.locked(paymentId);
            if (payment == null) {
                throw notFound();
            }
            if (!change.test(payment)) {
                throw otherwise;
            }
            return new SandboxPayment(
                    payment.paymentId,
                    payment.status,
                    payment.amount,
                    payment.currency,
                    payment.refunded,
                    payment.disputed);
        });
    }

    private static RefusalException notFound() {
        return new RefusalException(Refusal.of(Refusal.Code.NOT_FOUND, "There is nothing at this address."));
    }
}
