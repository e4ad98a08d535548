package ai.mavster.credits.failure;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Carries an account's postings out again, in the order of its entries, on grants in plain lists: what each must have
 * moved, by the burn order and by where credits came from, is compared with what it moved.
 */
final class Replay {

    private static final List<String> KINDS_IN_BURN_ORDER = List.of("monthly", "promotional", "adjustment", "top_up");

    private static final Comparator<Grant> BURN_ORDER = Comparator.comparing((Grant grant) -> grant.ends)
            .thenComparing(grant -> KINDS_IN_BURN_ORDER.indexOf(grant.kind))
            .thenComparing(grant -> grant.seq);

    private final ReadAccount account;
    private final Map<String, Instant> ends;
    private final Consumer<String> fault;
    private final Map<String, Grant> grants = new LinkedHashMap<>();
    private final Map<String, Map<String, Long>> takenBy = new HashMap<>();
    private long balance;

    private static final class Grant {
        final long seq;
        final String kind;
        final Instant ends;
        long remaining;

        Grant(long seq, String kind, Instant ends) {
            this.seq = seq;
            this.kind = kind;
            this.ends = ends;
        }
    }

    /**
     * @param ends when grants expire
     * @param fault told what is wrong
     */
    Replay(ReadAccount account, Map<String, Instant> ends, Consumer<String> fault) {
        this.account = account;
        this.ends = ends;
        this.fault = fault;
    }

    /** Stops at the first that is wrong: what comes after it would be too. */
    void run() {
        long seq = 0;
        int at = 0;
        while (at < account.entries.size()) {
            JsonNode first = account.entries.get(at);
            JsonNode posting = account.posting(first.path("posting_id").asText());
            if (posting == null) {
                fault.accept(account.id + " has an entry without a posting: " + first);
                return;
            }
            List<JsonNode> entries = account.entries(posting.path("id").asText());
            Map<String, Long> expected = expected(posting, entries);
            Map<String, Long> moved = new LinkedHashMap<>();
            for (JsonNode entry : entries) {
                long credits = Amounts.millionths(entry.path("credits"));
                moved.put(entry.path("grant_id").asText(), credits);
                balance += credits;
                if (entry.path("seq").asLong() != ++seq
                        || Amounts.millionths(entry.path("balance_after")) != balance
                        || balance < 0) {
                    fault.accept(
                            "%s: place %d with %d millionths is wrong: %s".formatted(account.id, seq, balance, entry));
                    return;
                }
            }
            if (!List.copyOf(moved.entrySet()).equals(List.copyOf(expected.entrySet()))) {
                fault.accept("%s: posting %s moved %s, and should have moved %s"
                        .formatted(account.id, posting, moved, expected));
                return;
            }
            moved.forEach((grant, credits) -> grants.get(grant).remaining += credits);
            at += entries.size();
        }
        if (balance != Amounts.millionths(account.balance.path("balance"))) {
            fault.accept(
                    "%s: the entries come to %d, the balance is %s".formatted(account.id, balance, account.balance));
        }
    }

    private Map<String, Long> expected(JsonNode posting, List<JsonNode> entries) {
        String kind = posting.path("kind").asText();
        long credits = Math.abs(Amounts.millionths(posting.path("credits")));
        return switch (kind) {
            case "debit" -> taken(posting, entries, credits);
            case "reversal" -> givenBack(takenBy.get(posting.path("reverses").asText()), credits);
            case "expiry" -> expired(posting, entries);
            case "monthly_grant", "promotional", "top_up" -> {
                String id = entries.get(0).path("grant_id").asText();
                grants.put(
                        id,
                        new Grant(
                                entries.get(0).path("seq").asLong(),
                                kind.equals("monthly_grant") ? "monthly" : kind,
                                ends.getOrDefault(id, Instant.MAX)));
                yield Map.of(id, credits);
            }
            default -> Map.of();
        };
    }

    /** What is over is taken only from holds, and only runs have those. */
    private Map<String, Long> taken(JsonNode posting, List<JsonNode> entries, long credits) {
        Instant now = Instant.parse(posting.path("occurred_at").asText());
        long ofKept = 0;
        for (JsonNode entry : entries) {
            Grant grant = grants.get(entry.path("grant_id").asText());
            if (grant != null
                    && !grant.ends.isAfter(now)
                    && !posting.path("run_id").isNull()) {
                ofKept -= Amounts.millionths(entry.path("credits"));
            }
        }
        Map<String, Long> taken = new LinkedHashMap<>();
        long rest = credits;
        for (Map.Entry<String, Grant> one : inBurnOrder()) {
            Grant grant = one.getValue();
            boolean over = !grant.ends.isAfter(now);
            long part = Math.min(over ? Math.min(ofKept, rest) : rest, grant.remaining);
            if (part > 0) {
                taken.put(one.getKey(), -part);
                ofKept -= over ? part : 0;
                rest -= part;
            }
        }
        takenBy.put(posting.path("id").asText(), new LinkedHashMap<>(taken));
        return taken;
    }

    private List<Map.Entry<String, Grant>> inBurnOrder() {
        return grants.entrySet().stream()
                .filter(one -> one.getValue().remaining > 0)
                .sorted(Map.Entry.comparingByValue(BURN_ORDER))
                .toList();
    }

    /** Of what was taken last first, and no more than was taken. */
    private static Map<String, Long> givenBack(Map<String, Long> shares, long credits) {
        Map<String, Long> given = new LinkedHashMap<>();
        if (shares == null) {
            return given;
        }
        List<String> order = new ArrayList<>(shares.keySet());
        long rest = credits;
        for (int i = order.size() - 1; i >= 0; i--) {
            long part = Math.min(rest, -shares.get(order.get(i)));
            if (part > 0) {
                given.put(order.get(i), part);
                shares.merge(order.get(i), part, Long::sum);
                rest -= part;
            }
        }
        return given;
    }

    /** Of what is over, and no more than was left of it; how much a hold kept of it, other checks tell. */
    private Map<String, Long> expired(JsonNode posting, List<JsonNode> entries) {
        Instant now = Instant.parse(posting.path("occurred_at").asText());
        Map<String, Long> expired = new LinkedHashMap<>();
        for (JsonNode entry : entries) {
            String id = entry.path("grant_id").asText();
            Grant grant = grants.get(id);
            long credits = Amounts.millionths(entry.path("credits"));
            if (!grant.ends.isAfter(now) && credits < 0 && grant.remaining >= -credits) {
                expired.put(id, credits);
            }
        }
        return expired;
    }
}
