package ai.mavster.credits.failure;

import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.failure.cluster.Cluster;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What the payment provider has taken and what was credited for it. */
final class Recharges {

    private static final Duration DEADLINE = Duration.ofMinutes(6);

    private final Cluster cluster;
    private final Consumer<String> fault;

    Recharges(Cluster cluster, Consumer<String> fault) {
        this.cluster = cluster;
        this.fault = fault;
    }

    /** One of the accounts runs into its limit. */
    static long limit(String card) {
        return card.equals("card_twice") ? 3000 : 10_000_000;
    }

    /** Waits until none is under way, so that the provider and the ledger can be compared. */
    void await() {
        try {
            Eventually.holds(DEADLINE, () -> open().isEmpty(), () -> "recharges that do not end: " + open());
        } catch (AssertionError never) {
            fault.accept(String.valueOf(never.getMessage()));
        }
    }

    private List<String> open() {
        try {
            return cluster.texts(
                    "SELECT account_id || ' ' || status || ' since ' || created_at FROM recharge WHERE ended_at IS NULL");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void check(ReadAccount account, String card, Reader service) throws IOException, SQLException {
        long credited = 0;
        for (JsonNode posting : account.postings) {
            if (posting.path("kind").asText().equals("top_up")) {
                credited += Amounts.millionths(posting.path("credits"));
            }
        }
        long succeeded = 0;
        for (JsonNode recharge : service.all("/v1/accounts/" + account.id + "/recharges")) {
            if (recharge.path("status").asText().equals("succeeded")) {
                succeeded += Amounts.millionths(recharge.path("credits"));
            }
        }
        if (credited != succeeded) {
            fault.accept("%s: recharges of %d have succeeded, and %d were credited"
                    .formatted(account.id, succeeded, credited));
        }
        if (succeeded > limit(card) * Amounts.CREDIT) {
            fault.accept("%s: recharges of %d have run past the limit".formatted(account.id, succeeded));
        }
        for (String wrong : cluster.texts("""
                SELECT coalesce(s.purchase_id, r.recharge_id) || ': ' || count(s.payment_id) || ' payments, recharge ' || coalesce(max(r.status), 'none')
                FROM (SELECT * FROM sandbox_payment WHERE account_id = '%1$s' AND status = 'paid') s
                FULL JOIN (SELECT * FROM recharge WHERE account_id = '%1$s') r ON r.recharge_id = s.purchase_id
                GROUP BY coalesce(s.purchase_id, r.recharge_id)
                HAVING (count(s.payment_id) <> 1) <> (coalesce(max(r.status), 'none') <> 'succeeded')""".formatted(account.id))) {
            fault.accept(account.id + ": paid and credited differ: " + wrong);
        }
    }
}
