package ai.mavster.credits.explanation;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.statement.PostingAnswer;
import ai.mavster.credits.ledger.statement.Postings.GrantMoved;
import ai.mavster.credits.ledger.statement.Postings.PostingDetail;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A posting in words, for a person who has to answer a customer. */
final class ExplanationText {

    private final PostingDetail detail;
    private final PostingAnswer posting;
    private final @Nullable PriceInForce price;

    private ExplanationText(PostingDetail detail, @Nullable PriceInForce price) {
        this.detail = detail;
        this.posting = detail.posting();
        this.price = price;
    }

    static String of(PostingDetail detail, @Nullable PriceInForce price) {
        return new ExplanationText(detail, price).all();
    }

    private String all() {
        List<String> sentences = new ArrayList<>();
        sentences.add(what() + ".");
        if (!posting.credits().isZero()) {
            sentences.add(opensGrant() ? untilWhen() : grants());
        }
        if (detail.captured().isPositive()) {
            sentences.add(were(detail.captured()) + " reserved by a hold before.");
        }
        if (detail.reversed().isPositive()) {
            sentences.add(were(detail.reversed()) + " given back since.");
        }
        sentences.add("The balance was " + posting.balanceAfter() + owed() + " afterwards.");
        return String.join(" ", sentences);
    }

    private boolean opensGrant() {
        return posting.kind().opensGrant(posting.credits());
    }

    private String what() {
        String when = " at " + posting.occurredAt().truncatedTo(ChronoUnit.SECONDS);
        String moved = were(magnitude());
        return switch (posting.kind()) {
            case DEBIT -> charged() + when + forWhat();
            case REVERSAL -> moved + " given back of " + posting.reverses() + when + note();
            case EXPIRY -> magnitude().inWords() + " expired" + when;
            case MONTHLY_GRANT -> moved + " granted for the month" + when;
            case TOP_UP -> moved + " topped up" + when + note();
            case PROMOTIONAL -> moved + " granted as a promotion" + when + note();
            case ADJUSTMENT ->
                moved + (posting.credits().isNegative() ? " taken back" : " granted") + " as an adjustment" + when
                        + note();
            case VOID -> moved + " taken back" + when + note();
            case CLAWBACK -> clawedBack() + when + note();
            case SETTLEMENT -> moved + " taken" + when + " to settle what was owed";
            case REINSTATEMENT ->
                moved + " given back" + when + " that had been clawed back of " + posting.reverses() + note();
        };
    }

    private static String were(Credits credits) {
        return credits.inWords() + (credits.equals(Credits.of(1)) ? " was" : " were");
    }

    private Credits magnitude() {
        return posting.credits().isNegative() ? posting.credits().negated() : posting.credits();
    }

    private String charged() {
        if (posting.requested().isZero()) {
            return "Nothing was charged";
        }
        return magnitude().isLessThan(posting.requested())
                ? "%s charged, of the %s that were asked for, since no more could be spent"
                        .formatted(were(magnitude()), posting.requested())
                : were(magnitude()) + " charged";
    }

    private String owed() {
        return posting.owedAfter().isZero() ? "" : ", and " + were(posting.owedAfter()) + " owed,";
    }

    private String clawedBack() {
        Credits claimed = posting.requested();
        String all = "%s of %s".formatted(were(claimed) + " claimed back", posting.reverses());
        return magnitude().isLessThan(claimed)
                ? all + ", of which only " + magnitude() + " could be taken: the rest is owed,"
                : all;
    }

    private String note() {
        return posting.note() == null ? "" : ": " + posting.note();
    }

    private String forWhat() {
        StringBuilder words = new StringBuilder();
        if (posting.action() != null) {
            words.append(" for ").append(quantity()).append(posting.action()).append(priced());
        }
        StringJoiner ids = new StringJoiner(", ", ", of ", "").setEmptyValue("");
        add(ids, "run", posting.runId());
        add(ids, "test", posting.testId());
        add(ids, "project", posting.projectId());
        add(ids, "workspace", posting.workspaceId());
        return words.append(ids).toString();
    }

    private static void add(StringJoiner ids, String what, @Nullable String id) {
        if (id != null) {
            ids.add(what + " " + id);
        }
    }

    private String quantity() {
        BigDecimal quantity = posting.quantity();
        return quantity == null || quantity.compareTo(BigDecimal.ONE) == 0 ? "" : quantity.toPlainString() + " × ";
    }

    private String priced() {
        if (price == null) {
            return ", which had no price on the rate card";
        }
        String rate = price.isFixed()
                ? price.min().inWords()
                : price.min() + " to " + price.max().inWords();
        String said = "%s a %s by the rate card of %s".formatted(rate, price.unit(), day(price.effectiveFrom()));
        return price.outside() ? ", which was " + said + ", and is not what was asked for" : ", " + said;
    }

    /** Of each kind of grant together, in the order in which they were touched. */
    private String grants() {
        Map<String, Credits> kinds = new LinkedHashMap<>();
        for (GrantMoved grant : detail.grants()) {
            Credits credits = grant.credits().isNegative() ? grant.credits().negated() : grant.credits();
            kinds.merge(source(grant), credits, Credits::plus);
        }
        boolean out = posting.credits().isNegative();
        if (kinds.size() == 1) {
            return (out ? "Taken from " : "Given back to ") + String.join("", kinds.keySet()) + ".";
        }
        StringJoiner parts = new StringJoiner(", then ", out ? "Taken from " : "Given back to ", ".");
        kinds.forEach((kind, credits) -> parts.add(kind + " (" + credits + ")"));
        return parts.toString();
    }

    private String untilWhen() {
        Instant end = detail.grants().get(0).expiresAt();
        return end == null ? "Never expires." : "Expires on " + day(end) + ".";
    }

    private static String source(GrantMoved grant) {
        String kind = switch (grant.kind()) {
            case "monthly" -> "monthly credits";
            case "promotional" -> "promotional credits";
            case "top_up" -> "top-ups";
            default -> "adjustments";
        };
        return grant.expiresAt() == null ? kind : kind + " that expire on " + day(grant.expiresAt());
    }

    private static String day(Instant instant) {
        return instant.truncatedTo(ChronoUnit.DAYS).toString().substring(0, "2026-11-21".length());
    }
}
