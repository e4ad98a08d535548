package ai.mavster.credits.subscription;

import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.subscription.SubscriptionRepository.Place;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** All subscriptions, for operators. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscriptions")
@RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
@Blocking
public class SubscriptionListResource {

    private static final List<String> HEADER = List.of(
            "account_id",
            "plan",
            "next_plan",
            "allotment",
            "status",
            "status_since",
            "grace_until",
            "cancel_at_period_end",
            "period_start",
            "period_end",
            "created_at");

    private final SubscriptionRepository subscriptions;
    private final Ledger ledger;
    private final LongReads reads;
    private final CsvStreams streams;
    private final Caller caller;
    private final Clock clock;

    SubscriptionListResource(
            SubscriptionRepository subscriptions,
            Ledger ledger,
            LongReads reads,
            CsvStreams streams,
            Caller caller,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.ledger = ledger;
        this.reads = reads;
        this.streams = streams;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @Path("/subscriptions")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listSubscriptions",
            summary = "List subscriptions",
            description =
                    "Each as it is now; the newest first, or those that are due longest. One whose period has just ended with it is found as"
                            + " canceled once the renewals were processed. It scans a part of the subscriptions at a time: a page may"
                            + " then have fewer rows than `limit`, or none, and `next_cursor` leads on. With `Accept: text/csv` all that match"
                            + " are streamed.")
    public Page<SubscriptionResource.Answer> list(
            @Context UriInfo uri,
            @Schema(implementation = SubscriptionStatus.class)
                    @Parameter(description = "Only those that are in this status.", example = "past_due")
                    @QueryParam("status")
                    @Nullable
                    String status,
            @QueryParam("plan") @Nullable String plan,
            @Schema(implementation = Boolean.class)
                    @Parameter(
                            description =
                                    "Only those whose period is over and whose renewal was not processed yet, the longest due first; none on test clocks.",
                            example = "true")
                    @QueryParam("due")
                    @Nullable
                    String due,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        caller.requireUnbound();
        Query query = Query.of(uri);
        SubscriptionSearch search = search(query);
        int rows = query.limit();
        Place start = search.start(query.placeCursor(2));
        return reads.answer(LongReads.ALL_ACCOUNTS, () -> search.page(start, rows))
                .map(SubscriptionResource.Answer::of);
    }

    private SubscriptionSearch search(Query query) {
        return new SubscriptionSearch(subscriptions, ledger, SubscriptionSearch.Filter.of(query, clock.instant()));
    }

    @GET
    @Path("/subscriptions")
    @Produces("text/csv")
    @Operation(hidden = true)
    @APIResponse(responseCode = "200", content = @Content(mediaType = "text/csv", example = """
                            account_id,plan,next_plan,allotment,status,status_since,grace_until,cancel_at_period_end,period_start,period_end,created_at\r
                            acct_7,basic,,3000,active,2026-11-21T18:39:00Z,,false,2026-11-21T18:39:00Z,2026-12-21T18:39:00Z,2026-11-21T18:39:00Z\r
                            """))
    public Multi<byte[]> stream(@Context UriInfo uri) {
        caller.requireUnbound();
        return streams.of(
                LongReads.ALL_ACCOUNTS,
                HEADER,
                search(Query.of(uri)).lines(view -> cells(SubscriptionResource.Answer.of(view))));
    }

    private static Stream<@Nullable Object> cells(SubscriptionResource.Answer subscription) {
        return Stream.of(
                subscription.accountId(),
                subscription.plan(),
                subscription.nextPlan(),
                subscription.allotment(),
                subscription.status().id(),
                subscription.statusSince(),
                subscription.graceUntil(),
                subscription.cancelAtPeriodEnd(),
                subscription.currentPeriod().start(),
                subscription.currentPeriod().end(),
                subscription.createdAt());
    }
}
