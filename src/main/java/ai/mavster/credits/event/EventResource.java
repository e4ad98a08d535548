package ai.mavster.credits.event;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
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
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.Explode;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterStyle;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The events of all accounts, or of one. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events", description = "What has happened to accounts, as it is also delivered to webhook endpoints.")
@RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
@Blocking
public class EventResource {

    private final EventRepository events;
    private final Ledger ledger;
    private final LongReads reads;
    private final Caller caller;
    private final Clock clock;

    EventResource(EventRepository events, Ledger ledger, LongReads reads, Caller caller, Clock clock) {
        this.events = events;
        this.ledger = ledger;
        this.reads = reads;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Path("/events")
    @Operation(
            operationId = "listEvents",
            summary = "List events",
            description =
                    "By when they were written, the newest first. They can be read for 30 days, unless the service is configured otherwise."
                            + " It scans a part of the events at a time: a page may then have fewer rows than `limit`, or none, and"
                            + " `next_cursor` leads on. There is no order across accounts: with `order=asc` what was written in the last 30"
                            + " seconds is left out, so that nothing comes in behind who goes on from page to page. To go through one account's"
                            + " without a gap, and with a key that is bound to it, use listAccountEvents.")
    public Page<EventAnswer> list(
            @Context UriInfo uri,
            @Schema(implementation = EventType[].class, minItems = 1)
                    @Parameter(
                            description = "Only events of these types, separated by commas.",
                            style = ParameterStyle.FORM,
                            explode = Explode.FALSE,
                            example = "[\"top_up.posted\", \"grant.posted\"]")
                    @QueryParam("types")
                    @Nullable
                    String types,
            @QueryParam("account_id") @Nullable String accountId,
            @Parameter(description = "Only what was written at this instant or later, to the millisecond.")
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "Only what was written before this instant.") @QueryParam("to") @Nullable
                    String to,
            @Schema(implementation = EventSearch.Order.class)
                    @Parameter(description = "desc: the newest first, as if absent.", example = "desc")
                    @QueryParam("order")
                    @Nullable
                    String order,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        caller.requireUnbound();
        Query query = Query.of(uri);
        EventSearch.Filter filter = EventSearch.Filter.of(query, clock.instant());
        int rows = query.limit();
        UUID start = EventSearch.start(query.textCursor());
        String about = filter.accountId() == null ? LongReads.ALL_ACCOUNTS : filter.accountId();
        return reads.answer(about, () -> new EventSearch(events, filter).page(start, rows))
                .map(EventAnswer::of);
    }

    @GET
    @Path("/events/{event_id}")
    @Refuses(Refusal.Code.NOT_FOUND)
    @Operation(operationId = "getEvent", summary = "Read an event")
    public EventAnswer get(@PathParam("event_id") String id) {
        caller.requireUnbound();
        UUID eventId = EventId.parse(id);
        EventRow event = eventId == null ? null : events.byId(eventId);
        if (event == null) {
            throw new RefusalException(Refusal.of(Refusal.Code.NOT_FOUND, "There is no event " + id + "."));
        }
        return EventAnswer.of(event);
    }

    @GET
    @Path("/accounts/{account_id}/events")
    @Operation(
            operationId = "listAccountEvents",
            summary = "List an account's events, in order",
            description =
                    "By their numbers, the oldest first: who remembers the last number that it has seen, and asks for what comes after it,"
                            + " misses none, whatever became of deliveries. Where the first number that is answered is not the next one, those"
                            + " between have left, being older than events are kept.")
    public Page<EventAnswer> listOfAccount(
            @PathParam("account_id") String accountId,
            @Context UriInfo uri,
            @Schema(implementation = Long.class, minimum = "0", maximum = "999999999")
                    @Parameter(description = "Only those with greater numbers.", example = "41")
                    @QueryParam("after")
                    @Nullable
                    String after,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Query query = Query.of(uri);
        int rows = query.limit();
        Long start = query.numberCursor();
        long sequence = start == null ? number(query.matching("after", "[0-9]{1,9}")) : start;
        Outcome.await(ledger.read(accountId, AccountView::accountId));
        List<EventRow> found = events.following(accountId, sequence, rows + 1);
        return Page.of(found, rows, row -> Cursor.of(row.sequence)).map(EventAnswer::of);
    }

    private static long number(@Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }
}
