package ai.mavster.credits.explanation;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.budget.history.BudgetWindowRepository;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.statement.PostingAnswer;
import ai.mavster.credits.ledger.statement.Postings.GrantMoved;
import ai.mavster.credits.ledger.statement.Postings.PlaceInChain;
import ai.mavster.credits.ledger.statement.Postings.PostingDetail;
import ai.mavster.credits.run.record.RunAnswer;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** One posting, whole. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger")
@Blocking
public class ExplanationResource {

    private final Ledger ledger;
    private final Explanations explanations;

    ExplanationResource(Ledger ledger, Explanations explanations) {
        this.ledger = ledger;
        this.explanations = explanations;
    }

    /** Why a posting was made, and what it did. */
    @Schema(name = "PostingExplanation")
    record Explanation(
            @Schema(
                    description = "All of it in words, for a person who has to answer a customer.",
                    examples =
                            "12.5 credits were charged at 2026-11-21T18:39:00Z for visual-assert. Taken from monthly credits. The balance was 2987.5 afterwards.")
            String explanation,

            PostingAnswer posting,

            @Schema(
                    description =
                            "What the rate card said of the action then; null: the posting names none, or it had no price.")
            @Nullable
            PriceInForce price,

            @Schema(
                    description =
                            "The run that it was for, with what that was estimated at and what is held for it, and then the runs above it;"
                                    + " empty: it was for none that was started.")
            List<RunAnswer> runs,

            @Schema(description = "How much of a debit was drawn on the holds of these runs.")
            Credits captured,

            @Schema(description = "What it moved of which grants, in the order in which it did.")
            List<GrantMoved> grants,

            @Schema(
                    description =
                            "Which budgets have counted it, or the debit that it gives back: the account's, then the workspace's and the"
                                    + " project's.")
            List<BudgetWindowRepository.Counted> budgets,

            @Schema(description = "How much of a debit was given back.")
            Credits reversed,

            @Schema(
                    description =
                            "The postings that gave a debit back, or clawed a grant back and reinstated it, oldest first; a hundred at most.")
            List<PostingAnswer> reversals,

            @Schema(
                    description =
                            "The debit that a reversal gives back; what opened the grant that a clawback claims, or a reinstatement gives back of.")
            @Nullable
            PostingAnswer reverses,

            PlaceInChain chain) {}

    @GET
    @Path("/accounts/{account_id}/postings/{posting_id}")
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Refuses(Refusal.Code.POSTING_NOT_FOUND)
    @Operation(
            operationId = "explainPosting",
            summary = "Explain a posting",
            description =
                    "Why was I charged? The posting with its price, its run and what that was estimated at, what was drawn on holds and on"
                            + " which grants, which budgets have counted it, what was given back, and its place in the chain of hashes; and all of it in words.")
    public Explanation explain(@PathParam("account_id") String accountId, @PathParam("posting_id") String postingId)
            throws SQLException {
        Instant now = Outcome.await(ledger.read(accountId, AccountView::asOf));
        Explanations.Explained explained = explanations.of(accountId, postingId, now);
        PostingDetail detail = explained.detail();
        return new Explanation(
                ExplanationText.of(detail, explained.price()),
                detail.posting(),
                explained.price(),
                explained.runs().stream().map(RunAnswer::of).toList(),
                detail.captured(),
                detail.grants(),
                explained.budgets(),
                detail.reversed(),
                detail.reversals(),
                detail.reverses(),
                detail.chain());
    }
}
