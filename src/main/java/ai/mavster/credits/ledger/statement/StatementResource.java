package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Money;
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
import ai.mavster.credits.ledger.posting.Salt;
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
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the ledger has written. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger")
@RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
@Blocking
public class StatementResource {

    private final Ledger ledger;
    private final EntryRepository entries;
    private final GrantRepository grants;
    private final LongReads reads;
    private final CsvStreams streams;

    StatementResource(
            Ledger ledger, EntryRepository entries, GrantRepository grants, LongReads reads, CsvStreams streams) {
        this.ledger = ledger;
        this.entries = entries;
        this.grants = grants;
        this.reads = reads;
        this.streams = streams;
    }

    /** Credits given at one time, and what is left of them. */
    @Schema(name = "Grant", examples = """
            {"grant_id": "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "kind": "top_up", "credits": 5000,\
             "remaining": 4987.5, "expires_at": null, "burn_order": 1, "created_at": "2026-11-21T18:39:00Z", "seq": 1,\
             "reference": "INV-2026-0042", "note": null, "metadata": null, "amount": {"value": 49.00, "currency": "EUR"}}""")
    record Grant(
            String grantId,

            @Schema(
                    examples = "top_up",
                    enumeration = {"monthly", "promotional", "adjustment", "top_up"})
            String kind,

            Credits credits,

            @Schema(description = "What is left now; nothing once it has expired.")
            Credits remaining,

            @Nullable Instant expiresAt,

            @Schema(
                    description =
                            "Its place in the order in which credits are spent, from 1; null once nothing is left, and for one that"
                                    + " never expires and has dozens before it.")
            @Nullable
            Integer burnOrder,

            Instant createdAt,

            @Schema(description = "The entry that posted it.")
            long seq,

            @Nullable String reference,

            @Schema(description = "Of one that was made by hand: the reason.") @Nullable
            String note,

            @Nullable Metadata metadata,

            @Schema(description = "What was paid for it in all, as far as known.") @Nullable
            Money amount) {}

    @GET
    @Path("/accounts/{account_id}/entries")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listEntries",
            summary = "List an account's entries",
            description =
                    "Newest first. Of an account with many, a filter by anything but time scans a part of them at a time: a page may then"
                            + " have fewer rows than `limit`, or none, and `next_cursor` leads on. With `Accept: text/csv` all that match are"
                            + " streamed, whatever limit and cursor say.")
    public Page<EntryAnswer> list(
            @PathParam("account_id") String accountId,
            @Context UriInfo uri,
            @Schema(implementation = PostingKind.class)
                    @Parameter(description = "Only entries of this kind of posting.", example = "debit")
                    @QueryParam("kind")
                    @Nullable
                    String kind,
            @QueryParam("run_id") @Nullable String runId,
            @QueryParam("project_id") @Nullable String projectId,
            @QueryParam("workspace_id") @Nullable String workspaceId,
            @QueryParam("test_id") @Nullable String testId,
            @QueryParam("action") @Nullable String action,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Query query = Query.of(uri);
        EntryRepository.Filter filter = filter(query);
        int rows = query.limit();
        Long before = query.numberCursor();
        Salt salt = account(accountId).salt();
        Page<EntryRepository.Line> page = filter.isSearch()
                ? reads.answer(accountId, () -> page(accountId, filter, before, rows))
                : page(accountId, filter, before, rows);
        return page.map(line -> EntryAnswer.of(line, accountId, salt));
    }

    private Page<EntryRepository.Line> page(
            String accountId, EntryRepository.Filter filter, @Nullable Long before, int rows) {
        EntryRepository.Range all = entries.range(accountId, filter, before);
        EntryRepository.Range part = filter.isSearch() ? all.newest(EntryRepository.SEARCHED) : all;
        return Page.of(
                entries.page(accountId, filter, part, rows + 1),
                rows,
                line -> Cursor.of(line.seq()),
                all.olderThan(part).isEmpty() ? null : Cursor.of(part.from()));
    }

    @GET
    @Path("/accounts/{account_id}/entries")
    @Produces("text/csv")
    @Operation(hidden = true)
    @APIResponse(responseCode = "200", content = @Content(mediaType = "text/csv", example = EntryCsv.EXAMPLE))
    public Multi<byte[]> stream(@PathParam("account_id") String accountId, @Context UriInfo uri) {
        EntryRepository.Filter filter = filter(Query.of(uri));
        Salt salt = account(accountId).salt();
        return streams.of(accountId, EntryCsv.HEADER, new EntryPages(entries, accountId, salt, filter));
    }

    private static EntryRepository.Filter filter(Query query) {
        return new EntryRepository.Filter(
                query.oneOf("kind", PostingKind.class),
                query.matching("run_id", Identifier.PATTERN),
                query.matching("project_id", Identifier.PATTERN),
                query.matching("workspace_id", Identifier.PATTERN),
                query.matching("test_id", Identifier.PATTERN),
                query.matching("action", Identifier.PATTERN),
                query.instant("from"),
                query.instant("to"));
    }

    @GET
    @Path("/accounts/{account_id}/grants")
    @Operation(
            operationId = "listGrants",
            summary = "List an account's grants",
            description =
                    "Open and past ones, newest first. Credits are spent in `burn_order`: soonest to expire, then monthly, then top-ups;"
                            + " oldest first.")
    public Page<Grant> grants(
            @PathParam("account_id") String accountId,
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Query query = Query.of(uri);
        int rows = query.limit();
        UUID before = before(query.textCursor());
        AccountView account = account(accountId);
        return Page.of(grants.newestFirst(account, before, rows + 1), rows, grant -> Cursor.of(grant.grantId()))
                .map(StatementResource::grant);
    }

    private static @Nullable UUID before(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        UUID grantId = PublicId.GRANT.parse(cursor);
        if (grantId == null) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        return grantId;
    }

    private static Grant grant(GrantRepository.Listed grant) {
        return new Grant(
                grant.grantId(),
                grant.kind(),
                grant.credits(),
                grant.remaining(),
                grant.expiresAt(),
                grant.burnOrder(),
                grant.createdAt(),
                grant.seq(),
                grant.reference(),
                grant.note(),
                grant.metadata(),
                grant.amount());
    }

    private AccountView account(String accountId) {
        return Outcome.await(ledger.read(accountId, view -> view));
    }
}
