package ai.mavster.credits.explanation;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.budget.history.BudgetWindowRepository;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.statement.PostingAnswer;
import ai.mavster.credits.ledger.statement.Postings;
import ai.mavster.credits.ledger.statement.Postings.GrantMoved;
import ai.mavster.credits.ledger.statement.Postings.PlaceInChain;
import ai.mavster.credits.ledger.statement.Postings.PostingDetail;
import ai.mavster.credits.pricing.Rates;
import ai.mavster.credits.run.record.Abandonment;
import ai.mavster.credits.run.record.RunAnswer;
import ai.mavster.credits.run.record.RunRepository;
import ai.mavster.credits.run.record.RunWithHold;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final Postings postings;
    private final RunRepository runs;
    private final Abandonment abandonment;
    private final Rates rates;
    private final BudgetWindowRepository budgets;

    ExplanationResource(
            Ledger ledger,
            Postings postings,
            RunRepository runs,
            Abandonment abandonment,
            Rates rates,
            BudgetWindowRepository budgets) {
        this.ledger = ledger;
        this.postings = postings;
        this.runs = runs;
        this.abandonment = abandonment;
        this.rates = rates;
        this.budgets = budgets;
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
        PostingDetail detail = QuarkusTransaction.requiringNew()
                .call(() -> postings.find(accountId, postingId))
                .orElseThrow(() -> new RefusalException(Refusal.of(
                        Refusal.Code.POSTING_NOT_FOUND,
                        "Account %s has no posting with this id.".formatted(accountId))));
        PriceInForce price = price(detail.posting());
        List<RunAnswer> above = QuarkusTransaction.requiringNew()
                .call(() -> runs(accountId, detail.posting().runId(), now));
        return new Explanation(
                ExplanationText.of(detail, price),
                detail.posting(),
                price,
                above,
                detail.captured(),
                detail.grants(),
                QuarkusTransaction.requiringNew().call(() -> budgets(accountId, detail)),
                detail.reversed(),
                detail.reversals(),
                detail.reverses(),
                detail.chain());
    }

    private List<BudgetWindowRepository.Counted> budgets(String accountId, PostingDetail detail) {
        PostingAnswer spent = detail.reverses() == null ? detail.posting() : detail.reverses();
        return spent.kind() == PostingKind.DEBIT && !spent.credits().isZero()
                ? budgets.countedBy(accountId, spent.workspaceId(), spent.projectId(), spent.occurredAt())
                : List.of();
    }

    private @Nullable PriceInForce price(PostingAnswer posting) throws SQLException {
        if (posting.action() == null || posting.kind() != PostingKind.DEBIT) {
            return null;
        }
        BigDecimal quantity = posting.quantity() == null ? BigDecimal.ONE : posting.quantity();
        return rates.current()
                .rate(posting.action(), posting.occurredAt())
                .map(rate -> PriceInForce.of(rate, quantity, posting.requested()))
                .orElse(null);
    }

    /** It and those above it, of which there are few. */
    private List<RunAnswer> runs(String accountId, @Nullable String runId, Instant now) {
        List<RunAnswer> found = new ArrayList<>();
        String next = runId;
        while (next != null) {
            Optional<RunWithHold> run = runs.find(accountId, next);
            run.ifPresent(there -> found.add(RunAnswer.of(abandonment.asOf(now, there))));
            next = run.map(there -> there.run().parentRunId()).orElse(null);
        }
        return found;
    }
}
