package ai.mavster.credits.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the packaged service listens, and for what. */
class ManagementPortIT {

    private static final List<String> OPERATIONS = List.of(
            "/q/health",
            "/q/health/live",
            "/q/health/ready",
            "/q/metrics",
            "/q/openapi",
            "/q/swagger-ui/",
            "//q/health");

    private static final List<String> API = List.of("/v1/plans", "//v1/plans", "/v1/rate-card");

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void everythingIsAtOnePort() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(Map.of())) {
            assertThat(statuses(service.url(), OPERATIONS)).containsOnly(200);
            assertThat(statuses(service.url(), API)).containsOnly(200);
            assertThat(service.log()).contains("its API to try at " + service.url() + "/q/swagger-ui");
        }
    }

    @Test
    void whatIsForOperatorsMovesToAPortOfItsOwn() throws Exception {
        int port = ServiceProcess.freePort();
        try (ServiceProcess service = ServiceProcess.start(Map.of(
                "CREDITS_MANAGEMENT_PORT", Integer.toString(port),
                "CREDITS_MANAGEMENT_HOST", "127.0.0.1",
                "CREDITS_REQUESTS", "0"))) {
            URI management = URI.create("http://127.0.0.1:" + port);
            assertThat(statuses(management, OPERATIONS)).containsOnly(200);
            // At the API's port nobody gets in, by the limit on requests; what has moved is not there, and not counted.
            assertThat(statuses(service.url(), API)).containsOnly(503);
            assertThat(statuses(service.url(), OPERATIONS)).containsOnly(404);
            assertThat(get(service.url(), "/q/health").body()).contains("\"code\":\"not_found\"");
            assertThat(service.log()).contains("its API to try at " + management + "/q/swagger-ui");
        }
        try (ServiceProcess service = ServiceProcess.start(Map.of("CREDITS_MANAGEMENT_PORT", Integer.toString(port)))) {
            URI management = URI.create("http://localhost:" + port);
            assertThat(statuses(management, OPERATIONS)).containsOnly(200);
            assertThat(statuses(management, API)).containsOnly(404);
            assertThat(statuses(service.url(), API)).containsOnly(200);
            assertThat(statuses(service.url(), OPERATIONS)).containsOnly(404);
        }
    }

    /** On Linux, all of 127.0.0.0/8 is this machine. */
    @Test
    void theServiceIsBoundToAnAddress() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(Map.of("CREDITS_HTTP_HOST", "127.0.0.2"))) {
            URI other = URI.create("http://127.0.0.1:" + service.url().getPort());
            assertThat(service.url().getHost()).isEqualTo("127.0.0.2");
            assertThat(statuses(service.url(), API)).containsOnly(200);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> get(other, "/v1/plans"))
                    .isInstanceOf(ConnectException.class);
        }
        try (ServiceProcess refused = ServiceProcess.launch(Map.of("CREDITS_HTTP_HOST", "no-such-host.invalid"))) {
            assertThat(refused.awaitExit()).isEqualTo(2);
            assertThat(refused.log()).contains("There is no address no-such-host.invalid");
        }
    }

    private List<Integer> statuses(URI server, List<String> paths) throws IOException, InterruptedException {
        List<Integer> statuses = new java.util.ArrayList<>();
        for (String path : paths) {
            statuses.add(get(server, path).statusCode());
        }
        return statuses;
    }

    private HttpResponse<String> get(URI server, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(server + path))
                        .header("Authorization", "Bearer " + ServiceProcess.ADMIN_KEY)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
