package ai.mavster.credits.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged service as an operator observes it: by nothing that is not asked for, and by all that is. */
class ObservedServiceIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void linesAreJsonAndTracesAreSentWhereToldTo() throws IOException, InterruptedException {
        try (Collector collector = new Collector();
                ServiceProcess service = ServiceProcess.start(Map.of(
                        "CREDITS_LOG_JSON", "true",
                        "CREDITS_LOG_REQUESTS", "true",
                        "CREDITS_OTEL_ENDPOINT", collector.url(),
                        "CREDITS_MAIL_POLL_EVERY", "1s",
                        "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "PT0.2S",
                        "OTEL_SERVICE_NAME", "credits-here",
                        "OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=seven"))) {
            assertThat(put(service, "/v1/accounts/acct_7")).isEqualTo(201);

            Eventually.holds(
                    DEADLINE,
                    () -> collector.spans().stream()
                            .anyMatch(span -> span.traceId().equals(TRACE)),
                    () -> "the trace among " + collector.spans() + "\n" + service.log());
            Eventually.holds(
                    DEADLINE,
                    () -> collector.spans().stream()
                            .anyMatch(span -> span.name().contains("MailDelivery")),
                    () -> "a job among " + collector.spans());
            assertThat(collector.spans())
                    .extracting(Collector.SentSpan::service)
                    .containsOnly("credits-here");
            assertThat(collector.requests())
                    .allSatisfy(request ->
                            assertThat(request).startsWith("/v1/traces ").contains("seven"));

            List<String> lines = service.log().lines().toList();
            // The launcher's own: it says where the database is before there is a log.
            assertThat(lines.get(0)).startsWith("Starting the embedded PostgreSQL");
            JsonNode request = lines.subList(1, lines.size()).stream()
                    .map(ObservedServiceIT::json)
                    .filter(line -> line.path("message").asText().startsWith("PUT /v1/accounts/{account_id} 201"))
                    .findFirst()
                    .orElseThrow();
            assertThat(request.path("level").asText()).isEqualTo("INFO");
            assertThat(request.path("mdc").path("account_id").asText()).isEqualTo("acct_7");
            assertThat(request.path("mdc").path("key_id").asText()).isEqualTo("first admin key");
            assertThat(request.path("mdc").path("traceId").asText()).isEqualTo(TRACE);
        }
    }

    @Test
    void nothingOfItIsDoneUnlessAskedFor() throws IOException, InterruptedException {
        try (Collector collector = new Collector();
                ServiceProcess service = ServiceProcess.start(
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(), "OTEL_SDK_DISABLED", "true"))) {
            assertThat(put(service, "/v1/accounts/acct_7")).isEqualTo(201);
            assertThat(service.log())
                    .contains("is ready at")
                    .doesNotContain("{")
                    .doesNotContain("PUT ");
            service.terminate();
            service.awaitExit();
            assertThat(collector.requests()).isEmpty();
        }
    }

    @Test
    void whatIsNoCollectorIsToldAtTheStart() {
        try (ServiceProcess service = ServiceProcess.launch(Map.of("CREDITS_OTEL_ENDPOINT", "collector:4318"))) {
            assertThat(service.awaitExit()).isEqualTo(2);
            assertThat(service.log()).contains("CREDITS_OTEL_ENDPOINT must be a URL such as http://collector:4318");
        }
    }

    private int put(ServiceProcess service, String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(service.url() + path))
                                .header("Authorization", "Bearer " + ServiceProcess.ADMIN_KEY)
                                .header("Content-Type", "application/json")
                                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                                .PUT(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }
}
