package ai.mavster.credits.ledger;

import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A caller of the service. Never repeats a request by itself: what became of one is for the test to see. */
public final class ServiceClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI url;
    private final String key;

    public ServiceClient(ServiceProcess service) {
        this(service, ServiceProcess.ADMIN_KEY);
    }

    /** With another key than the admin's. */
    public ServiceClient(ServiceProcess service, String key) {
        this.url = service.url();
        this.key = key;
    }

    /** An answer, and how long it took. */
    public record Reply(int status, JsonNode body, HttpHeaders headers, Duration took) {

        /** The problem's code; empty on success. */
        String code() {
            return body.path("code").asText();
        }

        boolean replayed() {
            return headers.firstValue(IdempotencyKey.REPLAYED_HEADER).isPresent();
        }
    }

    public Reply get(String path) throws IOException {
        return send("GET", path, null, null);
    }

    public Reply put(String path, String body) throws IOException {
        return send("PUT", path, null, body);
    }

    public Reply post(String path, @Nullable String key, String body) throws IOException {
        return send("POST", path, key, body);
    }

    public Reply debit(String accountId, String key, long credits) throws IOException {
        return post("/v1/accounts/" + accountId + "/debits", key, "{\"credits\": " + credits + "}");
    }

    public Reply topUp(String accountId, String key, long credits) throws IOException {
        return post("/v1/accounts/" + accountId + "/top-ups", key, "{\"credits\": " + credits + "}");
    }

    /** An account with an active subscription to Basic, and exactly so many credits: 3000 or more. */
    public void open(String accountId, long credits) throws IOException {
        expect(201, put("/v1/accounts/" + accountId, "{}"));
        expect(
                200,
                put("/v1/accounts/" + accountId + "/subscription", "{\"plan\": \"basic\", \"status\": \"active\"}"));
        if (credits > 3000) {
            expect(201, topUp(accountId, "opening", credits - 3000));
        }
    }

    public BigDecimal balance(String accountId) throws IOException {
        return expect(200, get("/v1/accounts/" + accountId + "/balance"))
                .body()
                .path("balance")
                .decimalValue();
    }

    /** The sum of the figures of a metric whose labels have this in them. */
    public double metric(String name, String label) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve("/q/metrics")).GET().build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.matches(name + "([{ ].*)") && line.contains(label))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The account's entries add up and their chain is whole. */
    public void prove(String accountId) throws IOException {
        JsonNode proof =
                expect(200, get("/v1/accounts/" + accountId + "/proof")).body();
        if (!proof.path("balanced").asBoolean() || !proof.path("chain_intact").asBoolean()) {
            throw new AssertionError("Account " + accountId + " is not proved: " + proof);
        }
    }

    public static Reply expect(int status, Reply reply) {
        if (reply.status() != status) {
            throw new AssertionError("expected " + status + ": " + reply);
        }
        return reply;
    }

    private Reply send(String method, String path, @Nullable String key, @Nullable String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(90))
                .header("Authorization", "Bearer " + this.key)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header(IdempotencyKey.HEADER, key);
        }
        long start = System.nanoTime();
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Reply(response.statusCode(), JSON.readTree(response.body()), response.headers(), took);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
