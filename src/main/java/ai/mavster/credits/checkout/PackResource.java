package ai.mavster.credits.checkout;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
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
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
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
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The packs of credits that can be bought. */
@Path("/v1/packs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Buying credits")
@Blocking
public class PackResource {

    private final PackRepository packs;
    private final PackVersionRepository versions;
    private final Caller caller;
    private final Clock clock;

    PackResource(PackRepository packs, PackVersionRepository versions, Caller caller, Clock clock) {
        this.packs = packs;
        this.versions = versions;
        this.caller = caller;
        this.clock = clock;
    }

    /** A pack as it is to be. */
    @Schema(name = "PackRequest", examples = """
            {"name": "6,000 credits", "credits": 6000, "price": {"value": 49.00, "currency": "EUR"}}""")
    record Request(
            @Pattern(regexp = Identifier.PATTERN)
            @Schema(description = "If given, the same as in the path.", examples = "medium")
            @Nullable
            String id,

            @NotNull @Text(max = 200) @Schema(description = "For customers.", examples = "6,000 credits")
            String name,

            @NotNull @PositiveAmount @Schema(examples = "6000")
            Credits credits,

            @NotNull Money price,

            @Schema(description = "Whether it can be bought. Absent: it can.") @Nullable
            Boolean active,

            @Text(max = 500)
            @Schema(description = "Why, for the pack's versions.", examples = "Prices of 2027")
            @Nullable
            String reason) {

        Pack.Offer offer() {
            return new Pack.Offer(name, credits, price, active == null || active);
        }
    }

    /** A pack as it is. */
    @Schema(name = "Pack", examples = """
            {"id": "medium", "name": "6,000 credits", "credits": 6000, "price": {"value": 49.00, "currency": "EUR"},\
             "active": true, "version": 1}""")
    record Answer(
            @Schema(examples = "medium") String id,

            @Schema(description = "For customers.", examples = "6,000 credits")
            String name,

            @Schema(examples = "6000") Credits credits,
            Money price,

            @Schema(description = "Whether it can be bought.")
            boolean active,

            @Schema(description = "Counts what it has been: listPackVersions has all of them.", examples = "1")
            int version) {

        static Answer of(Pack pack) {
            Pack.Offer offer = pack.offer();
            return new Answer(pack.packId, offer.name(), offer.credits(), offer.price(), offer.active(), pack.version);
        }
    }

    /** What a pack was from some time on. */
    @Schema(name = "PackVersion", examples = """
            {"version": 2, "valid_from": "2026-11-21T18:39:00Z", "author": {"type": "api_key",\
             "id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "name": "Ada"}, "reason": "Prices of 2027",\
             "name": "6,000 credits", "credits": 6000, "price": {"value": 49.00, "currency": "EUR"}, "active": true}""")
    record VersionAnswer(
            @Schema(examples = "2") int version,

            @Schema(description = "Until the next version.") Instant validFrom,

            Author author,
            @Nullable String reason,
            String name,
            @Schema(examples = "6000") Credits credits,
            Money price,
            boolean active) {

        static VersionAnswer of(PackVersion version) {
            Pack.Offer offer = version.offer();
            return new VersionAnswer(
                    version.version,
                    version.validFrom,
                    version.author(),
                    version.reason,
                    offer.name(),
                    offer.credits(),
                    offer.price(),
                    offer.active());
        }
    }

    @GET
    @Transactional
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Operation(operationId = "listPacks", summary = "List the packs", description = "By their ids.")
    public Page<Answer> list(
            @Context UriInfo uri,
            @Schema(type = SchemaType.BOOLEAN)
                    @Parameter(description = "true: only those that can be bought.", example = "true")
                    @QueryParam("active")
                    @Nullable
                    String active,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Query query = Query.of(uri);
        int most = query.limit();
        return Page.of(
                        packs.after(query.textCursor(), query.flag("active"), most + 1),
                        most,
                        pack -> Cursor.of(pack.packId))
                .map(Answer::of);
    }

    @GET
    @Path("/{pack_id}")
    @Transactional
    @RolesAllowed({Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.ADMIN})
    @Refuses(Refusal.Code.PACK_NOT_FOUND)
    @Operation(operationId = "getPack", summary = "Get a pack", description = "As it is now.")
    public Answer get(@PathParam("pack_id") @Pattern(regexp = Identifier.PATTERN) String packId) {
        return Answer.of(
                packs.findByIdOptional(packId).orElseThrow(() -> new RefusalException(Packs.noSuchPack(packId))));
    }

    @GET
    @Path("/{pack_id}/versions")
    @Transactional
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Refuses(Refusal.Code.PACK_NOT_FOUND)
    @Operation(
            operationId = "listPackVersions",
            summary = "List what a pack was",
            description = "Each version from when on, by whom and why; newest first. Not for keys bound to an account.")
    public Page<VersionAnswer> versions(
            @PathParam("pack_id") @Pattern(regexp = Identifier.PATTERN) String packId,
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        caller.requireUnbound();
        Query query = Query.of(uri);
        int most = query.limit();
        Long before = query.numberCursor();
        if (packs.findByIdOptional(packId).isEmpty()) {
            throw new RefusalException(Packs.noSuchPack(packId));
        }
        return Page.of(versions.newestFirst(packId, before, most + 1), most, version -> Cursor.of(version.version))
                .map(VersionAnswer::of);
    }

    @PUT
    @Path("/{pack_id}")
    @Transactional
    @RolesAllowed(Scopes.ADMIN)
    @Operation(
            operationId = "putPack",
            summary = "Create or change a pack",
            description =
                    "The whole pack. A checkout that was begun keeps its credits and its price. What the pack was stays in its"
                            + " versions, with who changed it and why; putting what is there adds none. A pack is not deleted: put"
                            + " it with `active` false. Not for keys bound to an account.")
    @APIResponse(
            responseCode = "200",
            description = "Changed.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    @APIResponse(
            responseCode = "201",
            description = "Created.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Answer.class)))
    public Response put(
            @PathParam("pack_id") @Pattern(regexp = Identifier.PATTERN) String packId,
            @NotNull @Valid Request request) {
        caller.requireUnbound();
        if (request.id != null && !request.id.equals(packId)) {
            throw new InvalidInput("id", "must be the one in the path");
        }
        boolean created = packs.createUnlessThere(packId);
        Pack pack = packs.findById(packId, LockModeType.PESSIMISTIC_WRITE);
        Pack.Offer offer = request.offer();
        if (created || !pack.offer().equals(offer)) {
            pack.become(offer, created ? pack.version : pack.version + 1);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            versions.persist(PackVersion.of(pack, now, caller.author(), request.reason));
        }
        return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .entity(Answer.of(pack))
                .build();
    }
}
