package ai.mavster.credits.pricing;

import ai.mavster.credits.Author;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.Text;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The rate card: read by everyone, edited by administrators. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rate card", description = "What an action costs, and from when on.")
@Blocking
public class RateCardResource {

    private final Rates rates;
    private final RateRepository rows;
    private final AgroalDataSource database;
    private final Problems problems;
    private final Caller caller;
    private final Clock clock;

    RateCardResource(
            Rates rates,
            RateRepository rows,
            AgroalDataSource database,
            Problems problems,
            Caller caller,
            Clock clock) {
        this.rates = rates;
        this.rows = rows;
        this.database = database;
        this.problems = problems;
        this.caller = caller;
        this.clock = clock;
    }

    /** A rate as it is to be. */
    @Schema(name = "RateRequest")
    record RateRequest(
            @NotNull @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "tap:scratch")
            String action,

            @NotNull @Text(max = 50) @Schema(description = "What one quantity is.", examples = "step")
            String unit,

            @Schema(
                    required = true,
                    ref = "RatePrice",
                    description =
                            "A fixed price, 0 for a free action; a range; or null: no longer priced from then on.")
            @Nullable
            Optional<Price> credits,

            @Schema(description = "From when on, never in the past. Absent: now.", examples = "2099-01-01T00:00:00Z")
            @Nullable
            Instant effectiveFrom,

            @Text(max = 500)
            @Schema(description = "What the price is for, and what it depends on.", examples = "A tap without memory.")
            @Nullable
            String note) {

        RateChange.Wanted wanted(String field) {
            if (credits == null) {
                throw new InvalidInput(field + ".credits", "must be given; null withdraws the action");
            }
            return new RateChange.Wanted(action, unit, credits.orElse(null), effectiveFrom, note);
        }
    }

    /** Rates as they are to be. */
    @Schema(name = "RateCardRequest", examples = """
            {"rates": [{"action": "visual-assert", "unit": "step", "credits": 2, "effective_from": "2099-01-01T00:00:00Z"}]}""")
    record Request(
            @NotNull @Size(min = 1, max = 1000) @Schema(description = "1 to 1000 versions.")
            List<@NotNull @Valid RateRequest> rates,

            @Text(max = 500)
            @Schema(description = "Why, for all of them that are new.", examples = "Prices of 2027")
            @Nullable
            String reason) {}

    /** One version of an action's rate. */
    @Schema(name = "RateCardVersion", examples = """
            {"action": "visual-assert", "unit": "step", "credits": 2, "effective_from": "2099-01-01T00:00:00Z",\
             "card": null, "note": "Each look at the screen.", "created_at": "2026-11-21T18:39:00Z",\
             "author": {"type": "api_key", "id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "name": "Ada"}, "reason": null}""")
    record Version(
            @Schema(examples = "/mave/chat") String action,

            @Schema(description = "What one quantity is.", examples = "request")
            String unit,

            @Schema(description = "For one unit; null: withdrawn, not priced.") @Nullable
            Price credits,

            @Schema(description = "In force from then on, until the action's next version.")
            Instant effectiveFrom,

            @Schema(description = "The example card that it was shipped with.", examples = "mavera") @Nullable
            String card,

            @Schema(
                    description = "What the price is for, and what it depends on; null: nobody said.",
                    examples = "Depends on how complex the research is.")
            @Nullable
            String note,

            Instant createdAt,

            @Schema(description = "Who put it.") Author author,

            @Schema(description = "Why; null: nothing was said.") @Nullable
            String reason) {

        static Version of(RateVersion version) {
            return new Version(
                    version.action(),
                    version.unit(),
                    version.price(),
                    version.effectiveFrom(),
                    version.card(),
                    version.note(),
                    version.createdAt(),
                    version.author(),
                    version.reason());
        }
    }

    /** What was put, as it now is. */
    @Schema(name = "RateCardVersions")
    record Versions(
            @Schema(description = "In the order of the request.")
            List<Version> rates) {}

    @GET
    @Path("/rate-card")
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "listRates",
            summary = "Read the rate card",
            description =
                    "The rates in force, without withdrawn actions; by action, and of one action the newest first.")
    public Page<Version> list(
            @Context UriInfo uri,
            @Parameter(description = "Only of this action.") @QueryParam("action") @Nullable String action,
            @Parameter(description = "In force at this instant; absent: now.") @QueryParam("at") @Nullable String at,
            @Schema(type = SchemaType.BOOLEAN)
                    @Parameter(
                            description =
                                    "true: all versions, past and future, also those that withdraw. Not with `at`.",
                            example = "false")
                    @QueryParam("history")
                    @Nullable
                    String history,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SQLException {
        Query query = Query.of(uri);
        String only = query.matching("action", Identifier.PATTERN);
        Instant instant = query.instant("at");
        boolean all = query.flag("history");
        if (all && instant != null) {
            throw new InvalidInput("at", "must not be sent together with history=true");
        }
        int most = query.limit();
        Position after = Position.of(query.placeCursor(1));
        RateCard card = rates.current();
        List<RateVersion> found = (all ? card.history() : card.inForce(instant == null ? clock.instant() : instant))
                .stream()
                        .filter(version -> only == null || version.action().equals(only))
                        .filter(version -> after == null || after.isBefore(version))
                        .limit(most + 1L)
                        .toList();
        return Page.of(found, most, Position::cursor).map(Version::of);
    }

    /** Where a page ended. */
    private record Position(String action, Instant effectiveFrom) {

        static String cursor(RateVersion last) {
            return Cursor.of(last.effectiveFrom(), List.of(last.action()));
        }

        static @Nullable Position of(Cursor.@Nullable Place cursor) {
            return cursor == null ? null : new Position(cursor.ids().get(0), cursor.time());
        }

        boolean isBefore(RateVersion version) {
            int order = action.compareTo(version.action());
            return order < 0 || (order == 0 && version.effectiveFrom().isBefore(effectiveFrom));
        }
    }

    @PUT
    @Path("/rate-card")
    @Transactional(rollbackOn = Exception.class)
    @RolesAllowed(Scopes.ADMIN)
    @Refuses(Refusal.Code.RATE_EXISTS)
    @Operation(
            operationId = "putRates",
            summary = "Add versions to the rate card",
            description =
                    "All of them or none. Other actions stay as they are. A version is never changed or deleted: a new price is a new"
                            + " version with a later effective_from. May be repeated: a version that is there, or without effective_from"
                            + " one that says what is in force, is no change.")
    @APIResponse(
            responseCode = "200",
            description = "They are on the card.",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Versions.class)))
    public Versions put(@NotNull @Valid Request request) throws SQLException {
        caller.requireUnbound();
        try (Connection connection = database.getConnection()) {
            rows.lock(connection);
            // Under the lock: what others have put meanwhile starts before this instant, not after it.
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            RateChange change = new RateChange(rows.load(connection), now, caller.author(), request.reason);
            for (int i = 0; i < request.rates.size(); i++) {
                String field = "rates[" + i + "]";
                Refusal refusal = change.want(field, request.rates.get(i).wanted(field));
                if (refusal != null) {
                    throw problems.exception(refusal);
                }
            }
            rows.add(connection, change.added());
            return new Versions(change.versions().stream().map(Version::of).toList());
        }
    }
}
