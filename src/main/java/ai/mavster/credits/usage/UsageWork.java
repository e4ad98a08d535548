package ai.mavster.credits.usage;

import ai.mavster.credits.ledger.AccountState;
import ai.mavster.credits.ledger.Column;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.Posting;
import ai.mavster.credits.ledger.PostingKind;
import ai.mavster.credits.ledger.Purpose;
import ai.mavster.credits.ledger.RoundTrip;
import ai.mavster.credits.pricing.Rate;
import ai.mavster.credits.pricing.RateCard;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one batch spent, added up in memory: a batch on one account writes a handful of rows, however many debits it has. */
final class UsageWork implements Participant.Work {

    private final UsageMetrics metrics;
    private final Map<Key, Sums> sums = new HashMap<>();
    private @Nullable RateCard card;
    private @Nullable Instant at;

    UsageWork(UsageMetrics metrics) {
        this.metrics = metrics;
    }

    /** Whose usage, and what it was for; empty where the debit did not say. */
    private record Key(String accountId, String action, String projectId, String workspaceId, String testId) {

        static Key of(Posting posting) {
            Purpose purpose = posting.purpose();
            return new Key(
                    posting.accountId(),
                    orEmpty(purpose.action()),
                    orEmpty(purpose.projectId()),
                    orEmpty(purpose.workspaceId()),
                    orEmpty(purpose.testId()));
        }

        private static String orEmpty(@Nullable String id) {
            return id == null ? "" : id;
        }
    }

    /** Amounts in millionths. Debits without a quantity, one each, are counted apart: most are, and a long is cheaper. */
    private static final class Sums {

        private final Key key;
        private long debited;
        private long reversed;
        private long debits;
        private long ones;
        private BigDecimal quantities = BigDecimal.ZERO;
        private long outliers;

        Sums(Key key) {
            this.key = key;
        }

        void debit(Posting posting, boolean outlier) {
            debited = Math.addExact(debited, posting.credits().millionths());
            debits++;
            BigDecimal quantity = posting.purpose().quantity();
            if (quantity == null) {
                ones++;
            } else {
                quantities = quantities.add(quantity);
            }
            if (outlier) {
                outliers++;
            }
        }

        void reversal(Posting posting) {
            reversed = Math.addExact(reversed, posting.credits().millionths());
        }

        BigDecimal quantity() {
            return quantities.add(BigDecimal.valueOf(ones));
        }
    }

    void card(RateCard current) {
        card = current;
    }

    @Override
    public void posted(Posting posting, AccountState account) {
        if (posting.kind() == PostingKind.DEBIT) {
            sums(posting).debit(posting, isOutlier(posting));
        } else if (posting.kind() == PostingKind.REVERSAL) {
            sums(posting).reversal(posting);
        }
    }

    private Sums sums(Posting posting) {
        at = posting.occurredAt();
        return sums.computeIfAbsent(Key.of(posting), Sums::new);
    }

    /** By what was asked for: that an account ran dry says nothing about the price. */
    private boolean isOutlier(Posting posting) {
        String action = posting.purpose().action();
        Rate rate = card == null || action == null
                ? null
                : card.rate(action, posting.occurredAt()).orElse(null);
        BigDecimal quantity = posting.purpose().quantity();
        return rate != null && rate.isOutlier(posting.requested(), quantity == null ? BigDecimal.ONE : quantity);
    }

    /** All postings of a batch occurred at one instant, so there is one hour and one day: each row is sent once and written for both. */
    @Override
    public void write(RoundTrip writes) {
        if (at == null) {
            return;
        }
        Collection<Sums> rows = sums.values();
        Instant hour = at.truncatedTo(ChronoUnit.HOURS);
        Instant day = at.truncatedTo(ChronoUnit.DAYS);
        writes.write(
                """
                INSERT INTO usage_rollup AS u (account_id, grain, starts_at, action, project_id, workspace_id, test_id,
                                               credits, debits, quantity, reversed, outliers)
                SELECT r.account_id, g.grain, g.starts_at, r.action, r.project_id, r.workspace_id, r.test_id,
                       r.debited - r.reversed, r.debits, r.quantity, r.reversed, r.outliers
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::numeric[],
                            ?::bigint[], ?::bigint[], ?::timestamptz[], ?::timestamptz[])
                     AS r (account_id, action, project_id, workspace_id, test_id, debited, debits, quantity, reversed, outliers, hour, day)
                CROSS JOIN LATERAL (VALUES ('hour', r.hour), ('day', r.day)) AS g (grain, starts_at)
                ON CONFLICT (account_id, grain, starts_at, action, project_id, workspace_id, test_id) DO UPDATE SET
                    credits = u.credits + EXCLUDED.credits,
                    debits = u.debits + EXCLUDED.debits,
                    quantity = u.quantity + EXCLUDED.quantity,
                    reversed = u.reversed + EXCLUDED.reversed,
                    outliers = u.outliers + EXCLUDED.outliers""",
                List.of(
                        Column.text(rows, row -> row.key.accountId),
                        Column.text(rows, row -> row.key.action),
                        Column.text(rows, row -> row.key.projectId),
                        Column.text(rows, row -> row.key.workspaceId),
                        Column.text(rows, row -> row.key.testId),
                        Column.bigint(rows, row -> row.debited),
                        Column.bigint(rows, row -> row.debits),
                        Column.numeric(rows, Sums::quantity),
                        Column.bigint(rows, row -> row.reversed),
                        Column.bigint(rows, row -> row.outliers),
                        Column.instant(rows, row -> hour),
                        Column.instant(rows, row -> day)),
                2 * rows.size());
    }

    @Override
    public void committed() {
        for (Sums row : sums.values()) {
            if (row.debited > 0) {
                metrics.used(row.debited, label(row.key.action));
            }
        }
    }

    /** Without a card there were only debits that it had priced, so it has their actions. */
    private String label(String action) {
        boolean onTheCard = !action.isEmpty()
                && (card == null || at == null || card.rate(action, at).isPresent());
        return onTheCard ? action : UsageMetrics.OTHER;
    }
}
