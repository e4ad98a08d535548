package ai.mavster.credits.failure;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.failure.cluster.Replica;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads what a replica shows once all is healed, past the networks; what cannot be read then is an error. */
final class Reader {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Replica replica;

    Reader(Replica replica) {
        this.replica = replica;
    }

    JsonNode get(String path) throws IOException {
        return send("GET", path, "", 200);
    }

    JsonNode send(String method, String path, String body, int... expected) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(replica.direct().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + ServiceProcess.ADMIN_KEY)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            for (int status : expected) {
                if (response.statusCode() == status) {
                    return Amounts.JSON.readTree(response.body());
                }
            }
            throw new IOException("%d to %s %s: %s"
                    .formatted(response.statusCode(), method, path, new String(response.body(), UTF_8)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All pages of a list, in the order in which it comes. */
    List<JsonNode> all(String path) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = get(path + (path.contains("?") ? "&" : "?") + "limit=1000" + cursor);
            page.path("data").forEach(rows::add);
            if (!page.path("has_more").asBoolean()) {
                return rows;
            }
            cursor = "&cursor=" + page.path("next_cursor").asText();
        }
    }

    /** A list that comes newest first, oldest first. */
    List<JsonNode> oldestFirst(String path) throws IOException {
        List<JsonNode> rows = all(path);
        Collections.reverse(rows);
        return rows;
    }
}
