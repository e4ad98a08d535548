package ai.mavster.credits.checkout.order;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Money;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.checkout.order.CheckoutRepository.Paired;
import ai.mavster.credits.checkout.order.Checkouts.Opened;
import ai.mavster.credits.http.Answers;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import ai.mavster.credits.http.idempotency.IdempotencyKeyRequired;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.payment.Payment;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Packs of credits that are bought at a page of the payment provider. */
@Path("/v1/accounts/{account_id}/checkouts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Buying credits")
@Blocking
public class CheckoutResource {

    private final Checkouts checkouts;
    private final CheckoutRepository repository;
    private final Ledger ledger;
    private final Answers answers;
    private final Clock clock;

    CheckoutResource(Checkouts checkouts, CheckoutRepository repository, Ledger ledger, Answers answers, Clock clock) {
        this.checkouts = checkouts;
        this.repository = repository;
        this.ledger = ledger;
        this.answers = answers;
        this.clock = clock;
    }

    /** What is to be bought. */
    @Schema(name = "CheckoutRequest", examples = "{\"pack\": \"medium\"}")
    record Request(
            @NotNull @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "medium")
            String pack) {}

    /** A checkout. */
    @Schema(name = "Checkout", examples = """
            {"checkout_id": "checkout_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "url": "https://credits.example.com/sandbox/checkouts/9f86d081884c7d65",\
             "pack": "medium", "credits": 6000, "price": {"value": 49.00, "currency": "EUR"}, "status": "open", "grant_id": null,\
             "created_at": "2026-11-21T18:39:00Z", "expires_at": "2026-11-22T18:39:00Z"}""")
    record CheckoutAnswer(
            @Schema(examples = "checkout_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
            String checkoutId,

            @Schema(
                    description =
                            "Where the customer pays; send them there. Null: there is no page yet, since the payment provider gave no answer.",
                    examples = "https://credits.example.com/sandbox/checkouts/9f86d081884c7d65")
            @Nullable
            String url,

            @Schema(examples = "medium") String pack,

            @Schema(
                    description = "How many are bought, whatever becomes of the pack; the price likewise.",
                    examples = "6000")
            Credits credits,

            Money price,

            CheckoutStatus status,

            @Schema(
                    description = "The top-up; null unless it is `paid`.",
                    examples = "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
            @Nullable
            String grantId,

            @Schema(description = "By the real time, as `expires_at`.")
            Instant createdAt,

            @Schema(description = "From when on it cannot be paid any more.")
            Instant expiresAt) {

        /** As it is when it was just made, and to a repeat of the request. */
        static CheckoutAnswer of(Opened opened) {
            return new CheckoutAnswer(
                    PublicId.CHECKOUT.of(opened.ordered().checkoutId()),
                    opened.url(),
                    opened.ordered().packId(),
                    opened.ordered().credits(),
                    opened.ordered().price(),
                    CheckoutStatus.OPEN,
                    null,
                    opened.ordered().createdAt(),
                    opened.ordered().expiresAt());
        }

        static CheckoutAnswer of(Paired paired, Instant now) {
            Checkout checkout = paired.checkout();
            Payment payment = paired.payment();
            return new CheckoutAnswer(
                    PublicId.CHECKOUT.of(checkout.checkoutId()),
                    checkout.page() == null ? null : checkout.page().url(),
                    checkout.packId(),
                    payment.credits(),
                    payment.price(),
                    checkout.status(now),
                    payment.grantId() == null ? null : PublicId.GRANT.of(payment.grantId()),
                    payment.orderedAt(),
                    checkout.expiresAt());
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Scopes.BILLING, Scopes.ADMIN})
    @IdempotencyKeyRequired
    @Refuses({
        Refusal.Code.PACK_NOT_FOUND,
        Refusal.Code.PACK_INACTIVE,
        Refusal.Code.PAYMENTS_NOT_CONFIGURED,
        Refusal.Code.PAYMENT_PROVIDER_UNAVAILABLE
    })
    @Operation(
            operationId = "openCheckout",
            summary = "Buy a pack of credits",
            description =
                    "Returns a page of the payment provider where the customer pays. Paid once is one top-up, however often the provider"
                            + " announces it; it is there within moments, and `top_up.posted` is published. Repeating the request returns the same"
                            + " page. It expires after 24 hours. Allowed while the subscription is not active.")
    @APIResponse(
            responseCode = "201",
            description = "Opened.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CheckoutAnswer.class)))
    public CompletionStage<Response> open(
            @PathParam("account_id") String accountId,
            @HeaderParam(IdempotencyKey.HEADER) String key,
            @NotNull @Valid Request body) {
        return answers.created(
                CompletableFuture.completedStage(checkouts.open(accountId, key, body.pack)), CheckoutAnswer::of);
    }

    @GET
    @Path("/{checkout_id}")
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Refuses(Refusal.Code.CHECKOUT_NOT_FOUND)
    @Operation(operationId = "getCheckout", summary = "Get a checkout", description = "As it is now.")
    public CheckoutAnswer get(@PathParam("account_id") String accountId, @PathParam("checkout_id") String checkoutId) {
        requireAccount(accountId);
        UUID id = PublicId.CHECKOUT.parse(checkoutId);
        Paired found = id == null ? null : repository.one(accountId, id);
        if (found == null) {
            throw new RefusalException(Refusal.of(
                    Refusal.Code.CHECKOUT_NOT_FOUND,
                    "Account %s has no checkout %s.".formatted(accountId, checkoutId)));
        }
        return CheckoutAnswer.of(found, clock.instant());
    }

    @GET
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Operation(operationId = "listCheckouts", summary = "List an account's checkouts", description = "Newest first.")
    public Page<CheckoutAnswer> list(
            @PathParam("account_id") String accountId,
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Query query = Query.of(uri);
        int most = query.limit();
        String place = query.textCursor();
        UUID before = place == null ? CheckoutRepository.LAST : PublicId.uuid(place);
        if (before == null) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        requireAccount(accountId);
        Instant now = clock.instant();
        return Page.of(
                        repository.before(accountId, before, most + 1),
                        most,
                        paired -> Cursor.of(paired.checkout().checkoutId().toString()))
                .map(paired -> CheckoutAnswer.of(paired, now));
    }

    private void requireAccount(String accountId) {
        Outcome.await(ledger.read(accountId, AccountView::accountId));
    }
}
