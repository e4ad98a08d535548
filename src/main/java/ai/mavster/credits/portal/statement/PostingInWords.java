package ai.mavster.credits.portal.statement;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.ledger.statement.PostingAnswer;
import ai.mavster.credits.ledger.statement.Postings.PostingDetail;
import java.util.ArrayList;
import java.util.List;

/** What a posting did, in the sentences of the reader's language. */
final class PostingInWords {

    private final PostingDetail detail;
    private final PostingAnswer posting;
    private final Texts texts;

    private PostingInWords(PostingDetail detail, Texts texts) {
        this.detail = detail;
        this.posting = detail.posting();
        this.texts = texts;
    }

    static List<String> of(PostingDetail detail, Texts texts) {
        return new PostingInWords(detail, texts).sentences();
    }

    private List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(texts.say(
                "posting.what." + what(),
                texts.inWords(magnitude()),
                texts.dateTime(posting.occurredAt()),
                texts.inWords(posting.requested())));
        if (detail.captured().isPositive()) {
            sentences.add(texts.say("posting.captured", texts.inWords(detail.captured())));
        }
        if (detail.reversed().isPositive()) {
            sentences.add(texts.say("posting.reversed", texts.inWords(detail.reversed())));
        }
        sentences.add(
                posting.owedAfter().isZero()
                        ? texts.say("posting.balance", texts.inWords(posting.balanceAfter()))
                        : texts.say(
                                "posting.balance_and_owed",
                                texts.inWords(posting.balanceAfter()),
                                texts.inWords(posting.owedAfter())));
        return sentences;
    }

    /** What came of it is part of what it was. */
    private String what() {
        String kind = posting.kind().id();
        return switch (posting.kind()) {
            case DEBIT -> posting.requested().isZero() ? "free" : isLess() ? "part" : kind;
            case CLAWBACK -> isLess() ? "clawback_in_part" : kind;
            case ADJUSTMENT -> posting.credits().isNegative() ? "adjustment_down" : kind;
            default -> kind;
        };
    }

    private boolean isLess() {
        return magnitude().isLessThan(posting.requested());
    }

    private Credits magnitude() {
        return posting.credits().isNegative() ? posting.credits().negated() : posting.credits();
    }
}
