package ai.mavster.credits.checkout;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Money;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.Text;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What credits cost where no pack is bought: read by everyone, changed by administrators. */
@Path("/v1/credit-price")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Buying credits", description = "Packs, and what credits cost without one.")
@Blocking
public class CreditPriceResource {

    private static final Credits ONE = Credits.of(1);

    private final CreditPriceRepository versions;
    private final Caller caller;
    private final Clock clock;

    CreditPriceResource(CreditPriceRepository versions, Caller caller, Clock clock) {
        this.versions = versions;
        this.caller = caller;
        this.clock = clock;
    }

    /** A price as it is to be. */
    @Schema(name = "CreditPriceRequest", examples = """
            {"credits": 1000, "price": {"value": 12.50, "currency": "EUR"}, "effective_from": "2099-01-01T00:00:00Z"}""")
    record Request(
            @PositiveAmount
            @Schema(
                    description =
                            "How many credits the price is for, so that one may cost less than the currency's least coin. Absent: 1.",
                    examples = "1000")
            @Nullable
            Credits credits,

            @NotNull Money price,

            @Schema(description = "From when on, never in the past. Absent: now.", examples = "2099-01-01T00:00:00Z")
            @Nullable
            Instant effectiveFrom,

            @Text(max = 500) @Schema(description = "Why, for the record.", examples = "Prices of 2027") @Nullable
            String reason) {}

    /** A version of the price. */
    @Schema(name = "CreditPrice", examples = """
            {"credits": 1000, "price": {"value": 10.00, "currency": "EUR"}, "effective_from": "2026-11-21T18:39:00Z",\
             "author": {"type": "api_key", "id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "name": "Ada"},\
             "reason": "Prices of 2027"}""")
    record Answer(
            @Schema(description = "How many credits the price is for.", examples = "1000")
            Credits credits,

            Money price,

            @Schema(description = "In force from then on, until the next version.")
            Instant effectiveFrom,

            @Schema(description = "Who put it.") Author author,

            @Schema(description = "Why; null: nothing was said.") @Nullable
            String reason) {

        static Answer of(CreditPriceVersion version) {
            CreditPrice price = version.price();
            return new Answer(price.credits(), price.amount(), price.effectiveFrom(), version.author(), version.reason);
        }
    }

    @GET
    @Transactional
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "getCreditPrice",
            summary = "Get what credits cost",
            description = "Where no pack is bought, as by auto-recharge: the version that is in force.")
    public Answer get(
            @Parameter(description = "In force at this instant; absent: now.") @QueryParam("at") @Nullable String at,
            @Context UriInfo uri) {
        Instant instant = Query.of(uri).instant("at");
        return Answer.of(versions.inForce(instant == null ? clock.instant() : instant)
                .orElseThrow(() -> new InvalidInput("at", "must not be before the first price")));
    }

    @GET
    @Path("/versions")
    @Transactional
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "listCreditPriceVersions",
            summary = "List what credits have cost",
            description = "All versions, those to come too; the latest first.")
    public Page<Answer> list(
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Query query = Query.of(uri);
        int most = query.limit();
        return Page.of(
                        versions.latestFirst(query.instantCursor(), most + 1),
                        most,
                        version -> Cursor.of(version.effectiveFrom))
                .map(Answer::of);
    }

    @PUT
    @Transactional
    @RolesAllowed(Scopes.ADMIN)
    @Refuses(Refusal.Code.CREDIT_PRICE_EXISTS)
    @Operation(
            operationId = "putCreditPrice",
            summary = "Change what credits cost",
            description =
                    "Adds a version. What was bought before keeps its price. May be repeated: a version that is there, or without"
                            + " `effective_from` one that says what is in force, is no change. Not for keys bound to an account.")
    public Answer put(@NotNull @Valid Request request) {
        caller.requireUnbound();
        versions.lock();
        // Under the lock: what others have put meanwhile starts before this instant, not after it.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant from = request.effectiveFrom == null ? now : request.effectiveFrom.truncatedTo(ChronoUnit.MICROS);
        CreditPrice price = new CreditPrice(request.credits == null ? ONE : request.credits, request.price, from);
        CreditPriceVersion present = request.effectiveFrom == null
                ? versions.inForce(now).orElse(null)
                : versions.findByIdOptional(from).orElse(null);
        if (present != null && present.price().costsTheSameAs(price)) {
            return Answer.of(present);
        }
        if (versions.findByIdOptional(from).isPresent()) {
            throw new RefusalException(exists(from));
        }
        if (from.isBefore(now)) {
            throw new InvalidInput("effective_from", "must not be in the past: what was bought there was paid already");
        }
        CreditPriceVersion version = CreditPriceVersion.of(price, now, caller.author(), request.reason);
        versions.persist(version);
        return Answer.of(version);
    }

    private static Refusal exists(Instant from) {
        return Refusal.of(
                Refusal.Code.CREDIT_PRICE_EXISTS,
                "There is another price from %s on already, and no version is ever changed. Choose a later effective_from."
                        .formatted(from));
    }
}
