package ai.mavster.credits.failure;

import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.event.delivery.Receiver;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What has happened was announced, once, in its order, without a gap, and has reached who listens. */
final class EventsCheck {

    private static final Duration DEADLINE = Duration.ofMinutes(6);

    private final ReadAccount account;
    private final Consumer<String> fault;

    EventsCheck(ReadAccount account, Consumer<String> fault) {
        this.account = account;
        this.fault = fault;
    }

    void check() {
        long sequence = 0;
        List<String> announced = new ArrayList<>();
        for (JsonNode event : account.events) {
            if (event.at("/data/sequence").asLong() != ++sequence) {
                fault.accept("%s: event %d is missing: %s".formatted(account.id, sequence, event));
                return;
            }
            String type = event.path("type").asText();
            if (type.equals("top_up.posted") || type.equals("grant.posted")) {
                announced.add(event.at("/data/grant_id").asText());
            }
        }
        List<String> posted = new ArrayList<>();
        for (JsonNode entry : account.entries) {
            if (Set.of("top_up", "promotional", "monthly_grant")
                    .contains(entry.path("kind").asText())) {
                posted.add(entry.path("grant_id").asText());
            }
        }
        if (!announced.equals(posted)) {
            List<String> lost = new ArrayList<>(posted);
            lost.removeAll(new HashSet<>(announced));
            fault.accept("%s: %d grants were posted and %d announced, or in another order; not announced: %s"
                    .formatted(account.id, posted.size(), announced.size(), lost.subList(0, Math.min(5, lost.size()))));
        }
    }

    /** Waits until all events of all accounts have been received at least once. */
    static void await(List<ReadAccount> accounts, Receiver receiver, Consumer<String> fault) {
        try {
            Eventually.holds(
                    DEADLINE,
                    () -> missing(accounts, receiver).isEmpty(),
                    () -> "webhooks that never came: " + missing(accounts, receiver));
        } catch (AssertionError never) {
            fault.accept(String.valueOf(never.getMessage()));
        }
    }

    private static List<String> missing(List<ReadAccount> accounts, Receiver receiver) {
        Map<String, Set<Long>> received = new HashMap<>();
        for (Receiver.Received one : receiver.received()) {
            JsonNode data = one.json().path("data");
            received.computeIfAbsent(data.path("account_id").asText(), id -> new HashSet<>())
                    .add(data.path("sequence").asLong());
        }
        List<String> missing = new ArrayList<>();
        for (ReadAccount account : accounts) {
            for (JsonNode event : account.events) {
                long sequence = event.at("/data/sequence").asLong();
                if (missing.size() < 10
                        && !received.getOrDefault(account.id, Set.of()).contains(sequence)) {
                    missing.add(account.id + " " + sequence);
                }
            }
        }
        return missing;
    }
}
