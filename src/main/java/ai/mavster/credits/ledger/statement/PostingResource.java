package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.posting.PublicId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.Explode;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterStyle;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was posted, as people read it: one row a posting. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger")
@RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
@Blocking
public class PostingResource {

    /** What its cursors begin with, so that those of other lists are refused. */
    private static final String POSTED = "posted ";

    private final Ledger ledger;
    private final PostingRepository postings;
    private final LongReads reads;
    private final CsvStreams streams;

    PostingResource(Ledger ledger, PostingRepository postings, LongReads reads, CsvStreams streams) {
        this.ledger = ledger;
        this.postings = postings;
        this.reads = reads;
        this.streams = streams;
    }

    @GET
    @Path("/accounts/{account_id}/postings")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listPostings",
            summary = "List an account's postings",
            description =
                    "One row a posting, also those that moved nothing; newest first, or oldest first with `order=asc`. A filter takes several"
                            + " values, separated by commas. It scans a part of the postings at a time: a page may then have fewer rows"
                            + " than `limit`, or none, and `next_cursor` leads on. With `Accept: text/csv` all that match are streamed, whatever"
                            + " limit and cursor say.")
    public Page<PostingAnswer> list(
            @PathParam("account_id") String accountId,
            @Context UriInfo uri,
            @Schema(implementation = PostingKind[].class, minItems = 1)
                    @Parameter(
                            description = "Only postings of these kinds, separated by commas.",
                            style = ParameterStyle.FORM,
                            explode = Explode.FALSE,
                            example = "[\"debit\", \"reversal\"]")
                    @QueryParam("kind")
                    @Nullable
                    String kind,
            @Schema(implementation = String[].class) @QueryParam("run_id") @Nullable String runId,
            @Schema(implementation = String[].class) @QueryParam("project_id") @Nullable String projectId,
            @Schema(implementation = String[].class) @QueryParam("workspace_id") @Nullable String workspaceId,
            @Schema(implementation = String[].class) @QueryParam("test_id") @Nullable String testId,
            @Schema(implementation = String[].class) @QueryParam("action") @Nullable String action,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Schema(implementation = PostingRepository.Order.class)
                    @Parameter(description = "Newest first (`desc`, the default) or oldest first.", example = "asc")
                    @QueryParam("order")
                    @Nullable
                    String order,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Query query = Query.of(uri);
        PostingFilter filter = PostingFilter.of(query);
        PostingRepository.Order inOrder = order(query);
        int rows = query.limit();
        UUID last = last(query.textCursor());
        requireAccount(accountId);
        PostingRepository.Part part = filter.isSearch()
                ? reads.answer(accountId, () -> page(accountId, filter, inOrder, last, rows))
                : page(accountId, filter, inOrder, last, rows);
        return Page.of(
                        part.postings(),
                        rows,
                        line -> cursor(line.posting().postingId),
                        part.searchedTo() == null ? null : cursor(part.searchedTo()))
                .map(PostingAnswer::of);
    }

    private PostingRepository.Part page(
            String accountId, PostingFilter filter, PostingRepository.Order order, @Nullable UUID last, int rows) {
        return QuarkusTransaction.requiringNew().call(() -> {
            PostingRepository.Range all = postings.range(accountId, filter, order);
            return postings.page(accountId, filter, last == null ? all : all.from(last), rows + 1);
        });
    }

    @GET
    @Path("/accounts/{account_id}/postings")
    @Produces("text/csv")
    @Operation(hidden = true)
    @APIResponse(responseCode = "200", content = @Content(mediaType = "text/csv", example = PostingPages.EXAMPLE))
    public Multi<byte[]> stream(@PathParam("account_id") String accountId, @Context UriInfo uri) {
        Query query = Query.of(uri);
        PostingFilter filter = PostingFilter.of(query);
        PostingRepository.Order order = order(query);
        requireAccount(accountId);
        PostingRepository.Range all =
                QuarkusTransaction.requiringNew().call(() -> postings.range(accountId, filter, order));
        return streams.of(accountId, PostingPages.HEADER, new PostingPages(postings, accountId, filter, all));
    }

    private static PostingRepository.Order order(Query query) {
        PostingRepository.Order asked = query.oneOf("order", PostingRepository.Order.class);
        return asked == null ? PostingRepository.Order.DESC : asked;
    }

    private static String cursor(UUID postingId) {
        return Cursor.of(POSTED + postingId);
    }

    private static @Nullable UUID last(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        UUID postingId = cursor.startsWith(POSTED) ? PublicId.uuid(cursor.substring(POSTED.length())) : null;
        if (postingId == null) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        return postingId;
    }

    private void requireAccount(String accountId) {
        Outcome.await(ledger.read(accountId, AccountView::accountId));
    }
}
