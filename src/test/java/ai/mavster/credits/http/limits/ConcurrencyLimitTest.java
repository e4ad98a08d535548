package ai.mavster.credits.http.limits;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One request at a time, so that a single one that waits for the rest of its body fills the service. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(OneAtATime.class)
class ConcurrencyLimitTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** The service answers the expectation before the body is sent: by that the request is known to be under way. */
    private static final String HEAD_OF_TWO_BYTES = String.join(
            "\r\n",
            "POST /v1/echo HTTP/1.1",
            "Host: test",
            "Content-Type: application/json",
            "Content-Length: 2",
            "Expect: 100-continue",
            "",
            "");

    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    @TestHTTPResource
    URI server;

    @Test
    void oneRequestTooManyIsRefusedUntilAnotherEnds() throws IOException {
        try (Socket waiting = new Socket(server.getHost(), server.getPort())) {
            send(waiting, HEAD_OF_TWO_BYTES);
            assertThat(receive(waiting, CONTINUE.length())).isEqualTo(CONTINUE);

            given().get("/v1/echo/query")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", "1")
                    .header("Cache-Control", "no-store")
                    .body("code", equalTo("overloaded"));
            given().get("/q/health/live").then().statusCode(200);

            send(waiting, "{}");
            assertThat(receive(waiting, 15)).isEqualTo("HTTP/1.1 200 OK");
        }
        Eventually.holds(DEADLINE, () -> status() == 200, () -> "the service is still full");
    }

    @Test
    void whatIsRoutedCountsNotHowItIsWritten() throws IOException {
        try (Wire waiting = Wire.to(server)) {
            waiting.sendUntilRead("/v1/echo", 2);

            List<Wire> refused = new ArrayList<>();
            List<String> paths = List.of(
                    "/v1/echo/query",
                    "//v1/echo/query",
                    "/%761/echo/query",
                    "/./v1/echo/query",
                    "/q/../v1/echo/query",
                    "/q/%2e%2e/v1/echo/query",
                    "/v%31/echo/query",
                    "/");
            for (String path : paths) {
                refused.add(Wire.to(server).send(Wire.get(path, "Connection: close")));
            }
            for (String path : List.of("/q/health/live", "/q/health/ready", "/q/metrics", "/q/openapi?format=json")) {
                assertThat(answer(path)).as(path).startsWith("HTTP/1.1 200 ");
            }
            for (int i = 0; i < paths.size(); i++) {
                try (Wire wire = refused.get(i)) {
                    assertThat(wire.receive()).as(paths.get(i)).startsWith("HTTP/1.1 503 ");
                }
            }
        }
        Eventually.holds(DEADLINE, () -> status() == 200, () -> "the service is still full");
    }

    private String answer(String path) throws IOException {
        try (Wire wire = Wire.to(server)) {
            return wire.send(Wire.get(path, "Connection: close")).receive();
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void whoWaitsIsServedOnceAnotherEnds(HttpClient.Version version) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        HttpRequest waiting = request("/v1/echo/query");
        try (Wire first = Wire.to(server)) {
            first.sendUntilRead("/v1/echo", 2);
            // The first answer tells whether the connection has become one of HTTP/2.
            assertThat(client.send(request("/q/health/live"), BodyHandlers.ofString())
                            .version())
                    .isEqualTo(version);
            CompletableFuture<HttpResponse<String>> answer = client.sendAsync(waiting, BodyHandlers.ofString());
            Eventually.holds(DEADLINE, () -> waiting() == 1, () -> "it does not wait");

            first.send("{}");
            assertThat(first.receive()).startsWith("HTTP/1.1 200 ");

            assertThat(answer.get(DEADLINE.toSeconds(), TimeUnit.SECONDS).statusCode())
                    .isEqualTo(200);
            assertThat(waiting()).isZero();

            first.sendUntilRead("/v1/echo", 2);
            assertThat(client.send(waiting, BodyHandlers.ofString()))
                    .satisfies(late -> assertThat(late.version()).isEqualTo(version))
                    .satisfies(late -> assertThat(late.statusCode()).isEqualTo(503));
        }
        Eventually.holds(DEADLINE, () -> status() == 200, () -> "the service is still full");
    }

    /** A client may write the head first, and the body when the answer has come already: neither is a request more. */
    @Test
    void whatComesInPartsHasItsTurnToo() throws IOException {
        try (Wire first = Wire.to(server);
                Wire head = Wire.to(server)) {
            first.sendUntilRead("/v1/echo", 2);
            head.send(Wire.post("/v1/echo", 2));
            assertThat(head.receive()).startsWith("HTTP/1.1 503 ");
            assertThat(head.send("{}").send(Wire.get("/q/health/live")).receive())
                    .startsWith("HTTP/1.1 200 ");

            String request = Wire.post("/v1/echo", 2);
            head.send(request.substring(0, 20));
            Eventually.holds(DEADLINE, () -> waiting() == 1, () -> "the beginning of the head does not wait");
            first.send("{}");
            assertThat(first.receive()).startsWith("HTTP/1.1 200 ");
            head.send(request.substring(20) + "{}");
            assertThat(head.receive()).startsWith("HTTP/1.1 200 ");
        }
    }

    /** A second one would be more than may be under way at all. */
    @Test
    void noMoreWaitOnHttp2ThanMayBeUnderWay() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        try (Wire first = Wire.to(server)) {
            first.sendUntilRead("/v1/echo", 2);
            client.send(request("/q/health/live"), BodyHandlers.ofString());
            CompletableFuture<HttpResponse<String>> waiting =
                    client.sendAsync(request("/v1/echo/query"), BodyHandlers.ofString());
            Eventually.holds(DEADLINE, () -> waiting() == 1, () -> "it does not wait");

            assertThat(client.send(request("/v1/echo/query"), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(503);
            assertThat(waiting).isNotDone();
            first.send("{}");
            assertThat(waiting.get(DEADLINE.toSeconds(), TimeUnit.SECONDS).statusCode())
                    .isEqualTo(200);
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).build();
    }

    private static long waiting() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("requests_waiting"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCallerWhoHangsUpMakesRoom() throws IOException {
        try (Socket waiting = new Socket(server.getHost(), server.getPort())) {
            send(waiting, HEAD_OF_TWO_BYTES);
            assertThat(receive(waiting, CONTINUE.length())).isEqualTo(CONTINUE);
            assertThat(status()).isEqualTo(503);
        }
        Eventually.holds(DEADLINE, () -> status() == 200, () -> "the service is still full");
    }

    private static int status() {
        return given().get("/v1/echo/query").statusCode();
    }

    private static String receive(Socket socket, int length) throws IOException {
        socket.setSoTimeout((int) DEADLINE.toMillis());
        return new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }
}
