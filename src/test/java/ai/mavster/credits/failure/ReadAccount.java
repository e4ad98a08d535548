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

    ReadAccount(Reader service, String id) throws IOException {
        this.id = id;
        String path = "/v1/accounts/" + id;
        this.postings = service.all(path + "/postings?order=asc");
        this.entries = service.oldestFirst(path + "/entries");
        this.runs = service.oldestFirst(path + "/runs");
        this.events = service.all(path + "/events");
        this.balance = service.get(path + "/balance");
        postings.forEach(posting -> postingsById.put(posting.path("id").asText(), posting));
        entries.forEach(entry -> entriesByPosting
                .computeIfAbsent(entry.path("posting_id").asText(), key -> new ArrayList<>())
                .add(entry));
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
