package ai.mavster.credits.failure;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Each month was decided once, by the rule of the cap and the balance of that moment, and granted as decided. */
final class Months {

    private final ReadAccount account;
    private final Consumer<String> fault;

    Months(ReadAccount account, Consumer<String> fault) {
        this.account = account;
        this.fault = fault;
    }

    void check(Reader service) throws IOException {
        List<JsonNode> decisions = service.oldestFirst("/v1/accounts/" + account.id + "/renewals");
        long index = -1;
        long granted = 0;
        for (JsonNode decision : decisions) {
            long cap = Amounts.millionths(decision.path("cap"));
            long before = Amounts.millionths(decision.path("balance_before"));
            long amount = Amounts.millionths(decision.path("granted"));
            long expected = Math.max(0, Math.min(cap - before, 3000 * Amounts.CREDIT));
            long next = decision.path("index").asLong();
            if (amount != expected || (index >= 0 && next != index + 1)) {
                fault.accept("%s: a month was decided wrongly: %s".formatted(account.id, decision));
            }
            index = next;
            granted += amount > 0 ? 1 : 0;
            checkGrant(decision, amount, before);
        }
        long posted = account.postings.stream()
                .filter(posting -> posting.path("kind").asText().equals("monthly_grant"))
                .count();
        if (posted != granted) {
            fault.accept("%s: %d months were granted and %d posted".formatted(account.id, granted, posted));
        }
        JsonNode last = decisions.isEmpty() ? null : decisions.get(decisions.size() - 1);
        if (last == null || Instant.parse(last.path("period_end").asText()).isBefore(Instant.now())) {
            fault.accept("%s: its month was not renewed: %s".formatted(account.id, last));
        }
    }

    private void checkGrant(JsonNode decision, long amount, long before) {
        for (JsonNode entry : account.entries) {
            if (entry.path("kind").asText().equals("monthly_grant")
                    && entry.path("grant_id")
                            .asText()
                            .equals(decision.path("grant_id").asText())
                    && (Amounts.millionths(entry.path("credits")) != amount
                            || Amounts.millionths(entry.path("balance_after")) != before + amount)) {
                fault.accept("%s: granted otherwise than decided: %s, %s".formatted(account.id, decision, entry));
            }
        }
    }
}
