package ai.mavster.credits.recharge;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Money;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.recharge.terms.RechargeStatus;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The recharges of accounts. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Auto-recharge")
@Blocking
public class RechargeResource {

    private final RechargeRepository recharges;
    private final Ledger ledger;

    RechargeResource(RechargeRepository recharges, Ledger ledger) {
        this.recharges = recharges;
        this.ledger = ledger;
    }

    /** A recharge. */
    @Schema(name = "Recharge", examples = """
            {"id": "recharge_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "status": "succeeded", "credits": 1000,\
             "price": {"value": 10.00, "currency": "EUR"}, "payment_method": null, "decline_code": null,\
             "confirmation_url": null, "grant_id": "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b",\
             "at": "2026-11-21T18:39:00Z", "ended_at": "2026-11-21T18:39:02Z"}""")
    record Answer(
            @Schema(examples = "recharge_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
            String id,

            @Schema(
                    description =
                            "created: the payment provider is about to be asked; charging: it is being asked; unknown: it gave no answer, and is"
                                    + " asked again under the same key; pending: it works on it; confirmation_needed: by the customer, at"
                                    + " `confirmation_url`. Ended: succeeded, paid and credited; declined; expired, without being paid;"
                                    + " uncredited, paid, but not credited, so that an operator has to see to it.")
            RechargeStatus status,

            Credits credits,

            @Schema(description = "Fixed when it was made.") Money price,

            @Schema(description = "Null: the account's default one at the payment provider.", examples = "card_ok")
            @Nullable
            String paymentMethod,

            @Schema(
                    description =
                            "Why it was declined, in the payment provider's word; null: it was not, or it did not say.",
                    examples = "insufficient_funds")
            @Nullable
            String declineCode,

            @Schema(
                    description = "Where the customer confirms the payment; null: that is not needed.",
                    examples = "https://payments.example.com/confirm/8b")
            @Nullable
            String confirmationUrl,

            @Schema(
                    description = "The top-up; null: there is none.",
                    examples = "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
            @Nullable
            String grantId,

            @Schema(description = "When it was made, by the account's time as the following.")
            Instant at,

            @Schema(description = "Null: it has not ended.") @Nullable
            Instant endedAt) {

        static Answer of(RechargeRepository.Paid paid) {
            RechargeRow recharge = paid.recharge();
            RechargePaymentRow payment = paid.payment();
            RechargeStatus status = EnumId.parse(RechargeStatus.class, recharge.status);
            return new Answer(
                    PublicId.RECHARGE.of(recharge.rechargeId),
                    status,
                    new Credits(recharge.credits),
                    new Money(payment.amount, payment.currency),
                    recharge.paymentMethod,
                    payment.declineCode,
                    status == RechargeStatus.CONFIRMATION_NEEDED ? payment.confirmationUrl : null,
                    payment.grantId == null ? null : PublicId.GRANT.of(payment.grantId),
                    recharge.createdAt,
                    recharge.endedAt);
        }
    }

    @GET
    @Path("/accounts/{account_id}/recharges")
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "listRecharges",
            summary = "List an account's recharges",
            description = "Newest first: what auto-recharge has bought, what it tried to, and what is under way.")
    public Page<Answer> list(
            @PathParam("account_id") String accountId,
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Query query = Query.of(uri);
        int most = query.limit();
        UUID before = before(query.textCursor());
        Outcome.await(ledger.read(accountId, AccountView::accountId));
        return Page.of(
                        QuarkusTransaction.requiringNew()
                                .call(() -> recharges.newestFirst(accountId, before, most + 1)),
                        most,
                        paid -> Cursor.of(paid.recharge().rechargeId.toString()))
                .map(Answer::of);
    }

    private static @Nullable UUID before(@Nullable String cursor) {
        UUID id = cursor == null ? null : PublicId.uuid(cursor);
        if (cursor != null && id == null) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        return id;
    }
}
