package ai.mavster.credits.explanation;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.budget.history.BudgetWindowRepository;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.statement.PostingAnswer;
import ai.mavster.credits.ledger.statement.Postings;
import ai.mavster.credits.ledger.statement.Postings.PostingDetail;
import ai.mavster.credits.pricing.Rates;
import ai.mavster.credits.run.record.Abandonment;
import ai.mavster.credits.run.record.RunRepository;
import ai.mavster.credits.run.record.RunWithHold;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what explains a posting. */
@Singleton
public class Explanations {

    private final Postings postings;
    private final RunRepository runs;
    private final Abandonment abandonment;
    private final Rates rates;
    private final BudgetWindowRepository budgets;

    Explanations(
            Postings postings,
            RunRepository runs,
            Abandonment abandonment,
            Rates rates,
            BudgetWindowRepository budgets) {
        this.postings = postings;
        this.runs = runs;
        this.abandonment = abandonment;
        this.rates = rates;
        this.budgets = budgets;
    }

    /**
     * A posting, and why it was made.
     *
     * @param price null: it names no action, or one that had no price
     * @param runs the run that it was for, and then those above it
     * @param budgets which have counted it, or the debit that it gives back
     */
    public record Explained(
            PostingDetail detail,
            @Nullable PriceInForce price,
            List<RunWithHold> runs,
            List<BudgetWindowRepository.Counted> budgets) {

        /** For a person who has to answer a customer, in English. */
        public String inWords() {
            return ExplanationText.of(detail, price);
        }
    }

    /**
     * @param now the account's time
     * @throws RefusalException if the account has no such posting
     */
    public Explained of(String accountId, String postingId, Instant now) throws SQLException {
        PostingDetail detail = QuarkusTransaction.requiringNew()
                .call(() -> postings.find(accountId, postingId))
                .orElseThrow(() -> new RefusalException(Refusal.of(
                        Refusal.Code.POSTING_NOT_FOUND,
                        "Account %s has no posting with this id.".formatted(accountId))));
        return new Explained(
                detail,
                price(detail.posting()),
                QuarkusTransaction.requiringNew()
                        .call(() -> runs(accountId, detail.posting().runId(), now)),
                QuarkusTransaction.requiringNew().call(() -> budgets(accountId, detail)));
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
    private List<RunWithHold> runs(String accountId, @Nullable String runId, Instant now) {
        List<RunWithHold> found = new ArrayList<>();
        String next = runId;
        while (next != null) {
            Optional<RunWithHold> run = runs.find(accountId, next);
            run.ifPresent(there -> found.add(abandonment.asOf(now, there)));
            next = run.map(there -> there.run().parentRunId()).orElse(null);
        }
        return found;
    }
}
