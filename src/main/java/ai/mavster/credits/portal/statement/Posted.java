package ai.mavster.credits.portal.statement;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.statement.PostingAnswer;
import ai.mavster.credits.portal.ListFilters;
import io.quarkus.qute.TemplateData;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A posting for the pages that list some.
 *
 * @param credits signed: a debit is negative
 * @param quantity null: one, or not counted
 * @param about what its author wrote to it; null: nothing
 */
@TemplateData
public record Posted(
        String id,
        String kind,
        Credits credits,
        Credits balanceAfter,
        @Nullable String action,
        @Nullable BigDecimal quantity,
        @Nullable String projectId,
        @Nullable String testId,
        @Nullable String runId,
        @Nullable String about,
        Instant at) {

    public static Posted of(PostingAnswer posting) {
        BigDecimal quantity = posting.quantity();
        return new Posted(
                posting.id(),
                posting.kind().id(),
                posting.credits(),
                posting.balanceAfter(),
                posting.action(),
                quantity == null || quantity.compareTo(BigDecimal.ONE) == 0 ? null : quantity,
                posting.projectId(),
                posting.testId(),
                posting.runId(),
                posting.reference() == null ? posting.note() : posting.reference(),
                posting.occurredAt());
    }

    /** Of the words for what it did. */
    public String kindKey() {
        return "statement.kind." + kind;
    }

    public String path() {
        return "/billing/statement/" + id;
    }

    /** Of its run; null: it has none. */
    public @Nullable String runPath() {
        return runId == null ? null : "/billing/runs/" + ListFilters.encoded(runId);
    }

    public boolean isIncome() {
        return credits.isPositive();
    }
}
