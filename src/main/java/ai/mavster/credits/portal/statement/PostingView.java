package ai.mavster.credits.portal.statement;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Money;
import ai.mavster.credits.budget.history.BudgetWindowRepository;
import ai.mavster.credits.explanation.Explanations.Explained;
import ai.mavster.credits.explanation.PriceInForce;
import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.ledger.statement.PostingAnswer;
import ai.mavster.credits.ledger.statement.Postings.GrantMoved;
import ai.mavster.credits.ledger.statement.Postings.PlaceInChain;
import io.quarkus.qute.TemplateData;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A posting, whole, for its page.
 *
 * @param price null: the rate card did not say any
 * @param corrections the postings that gave it back or took it back
 * @param corrected the posting that it corrects; null: none
 */
@TemplateData
public record PostingView(
        Posted posted,
        List<String> sentences,
        Facts facts,
        @Nullable Price price,
        @Nullable RunOf run,
        Credits captured,
        List<Moved> moved,
        List<Counted> budgets,
        List<Posted> corrections,
        @Nullable Posted corrected,
        Chain chain) {

    static PostingView of(Explained explained, Texts texts) {
        var detail = explained.detail();
        PostingAnswer posting = detail.posting();
        return new PostingView(
                Posted.of(posting),
                PostingInWords.of(detail, texts),
                Facts.of(posting),
                explained.price() == null ? null : Price.of(explained.price(), posting.requested()),
                explained.runs().isEmpty() ? null : RunOf.of(explained),
                detail.captured(),
                detail.grants().stream().map(Moved::of).toList(),
                explained.budgets().stream().map(Counted::of).toList(),
                detail.reversals().stream().map(Posted::of).toList(),
                detail.reverses() == null ? null : Posted.of(detail.reverses()),
                Chain.of(detail.chain()));
    }

    /** What was said with it. */
    @TemplateData
    public record Facts(
            @Nullable String workspaceId,
            @Nullable String reference,
            @Nullable String note,
            @Nullable Money amount,
            Map<String, String> metadata,
            String authorKey,
            String authorName) {

        private static Facts of(PostingAnswer posting) {
            Author author = posting.author();
            Metadata metadata = posting.metadata();
            boolean isJob = author.type() == Author.Type.JOB;
            return new Facts(
                    posting.workspaceId(),
                    posting.reference(),
                    posting.note(),
                    posting.amount(),
                    metadata == null ? Map.of() : metadata.pairs(),
                    "posting.author." + author.type().id() + (isJob ? "." + author.id() : ""),
                    author.name());
        }
    }

    /**
     * By the rate card of its time.
     *
     * @param requested what was asked for in all
     * @param outside whether that is not what the rate card said
     */
    @TemplateData
    public record Price(
            String unit,
            Credits min,
            Credits max,
            BigDecimal quantity,
            Instant since,
            Credits requested,
            boolean outside) {

        private static Price of(PriceInForce price, Credits requested) {
            return new Price(
                    price.unit(),
                    price.min(),
                    price.max(),
                    price.quantity(),
                    price.effectiveFrom(),
                    requested,
                    price.outside());
        }

        public boolean isFixed() {
            return min.equals(max);
        }
    }

    /** What its run was estimated at, and what was reserved for it. */
    @TemplateData
    public record RunOf(
            String statusKey,
            @Nullable Credits estimated,
            Credits spent,
            @Nullable Credits held) {

        private static RunOf of(Explained explained) {
            var both = explained.runs().get(0);
            return new RunOf(
                    "runs.status." + both.run().status().id(),
                    both.run().estimated(),
                    both.run().spent().plus(both.run().nestedSpent()),
                    both.hold() == null ? null : both.hold().amount());
        }
    }

    /** What it moved of one grant. */
    @TemplateData
    public record Moved(
            String kindKey,
            Credits credits,
            @Nullable Instant expiresAt,
            @Nullable Money amount) {

        private static Moved of(GrantMoved moved) {
            return new Moved("statement.grant." + moved.kind(), moved.credits(), moved.expiresAt(), moved.amount());
        }
    }

    /** A budget that has counted it. */
    @TemplateData
    public record Counted(String scopeKey, String scopeId, Instant since) {

        private static Counted of(BudgetWindowRepository.Counted counted) {
            return new Counted("posting.budget." + counted.scope(), counted.scopeId(), counted.windowStart());
        }
    }

    /** Where it stands in the account's chain of entries. */
    @TemplateData
    public record Chain(long firstSeq, long entries, String hash, String previousHash) {

        private static Chain of(PlaceInChain place) {
            return new Chain(place.firstSeq(), place.entries(), place.hash(), place.previousHash());
        }
    }
}
