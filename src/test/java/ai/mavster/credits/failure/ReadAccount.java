package ai.mavster.credits.failure;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An account as the API shows it in the end, oldest first. */
final class ReadAccount {

    final String id;
    final List<JsonNode> postings;
    final List<JsonNode> entries;
    final List<JsonNode> runs;
    final List<JsonNode> events;
    final JsonNode balance;
    private final Map<String, JsonNode> postingsById = new HashMap<>();
    private final Map<String, List<JsonNode>> entriesByPosting = new HashMap<>();

    ReadAccount(
            String id,
            List<JsonNode> postings,
            List<JsonNode> entries,
            List<JsonNode> runs,
            List<JsonNode> events,
            JsonNode balance) {
        this.id = id;
        this.postings = postings;
        this.entries = entries;
        this.runs = runs;
        this.events = events;
        this.balance = balance;
        postings.forEach(posting -> postingsById.put(posting.path("id").asText(), posting));
        entries.forEach(entry -> entriesByPosting
                .computeIfAbsent(entry.path("posting_id").asText(), key -> new ArrayList<>())
                .add(entry));
    }

    static ReadAccount of(Reader service, String id) throws IOException {
        String path = "/v1/accounts/" + id;
        return new ReadAccount(
                id,
                service.all(path + "/postings?order=asc"),
                service.oldestFirst(path + "/entries"),
                service.oldestFirst(path + "/runs"),
                service.all(path + "/events"),
                service.get(path + "/balance"));
    }

    @Nullable
    JsonNode posting(String postingId) {
        return postingsById.get(postingId);
    }

    List<JsonNode> entries(String postingId) {
        return entriesByPosting.getOrDefault(postingId, List.of());
    }

    /** The place of a posting's last entry; 0: it moved nothing. */
    long place(JsonNode posting) {
        List<JsonNode> own = entries(posting.path("id").asText());
        return own.isEmpty() ? 0 : own.get(own.size() - 1).path("seq").asLong();
    }
}
