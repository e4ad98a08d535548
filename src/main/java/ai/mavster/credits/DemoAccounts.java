package ai.mavster.credits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;

/**
 * The accounts of a demo, made by the requests in {@code demo.json} through the service's own API. Repeating them
 * changes nothing.
 */
@Dependent
class DemoAccounts {

    private final ObjectMapper mapper;

    DemoAccounts(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * @throws IOException if the service does not answer, or refuses one
     */
    void create(String url, String adminKey) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        try (InputStream file = Objects.requireNonNull(DemoAccounts.class.getResourceAsStream("/demo.json"))) {
            for (JsonNode request : mapper.readTree(file)) {
                send(client, url, adminKey, request);
            }
        }
    }

    private static void send(HttpClient client, String url, String adminKey, JsonNode request)
            throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create(url + request.get("path").textValue()))
                .header("Authorization", "Bearer " + adminKey)
                .header("Content-Type", "application/json")
                .method(
                        request.get("method").textValue(),
                        BodyPublishers.ofString(request.get("body").toString()));
        if (request.has("key")) {
            builder.header("Idempotency-Key", request.get("key").textValue());
        }
        HttpResponse<String> response = client.send(builder.build(), BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException("%s: %s".formatted(request.get("path"), response.body()));
        }
    }
}
