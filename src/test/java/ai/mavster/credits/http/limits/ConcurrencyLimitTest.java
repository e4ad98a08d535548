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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

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

            for (String path : List.of(
                    "/v1/echo/query",
                    "//v1/echo/query",
                    "/%761/echo/query",
                    "/./v1/echo/query",
                    "/q/../v1/echo/query",
                    "/q/%2e%2e/v1/echo/query",
                    "/v%31/echo/query",
                    "/")) {
                assertThat(answer(path)).as(path).startsWith("HTTP/1.1 503 ");
            }
            for (String path : List.of("/q/health/live", "/q/health/ready", "/q/metrics", "/q/openapi?format=json")) {
                assertThat(answer(path)).as(path).startsWith("HTTP/1.1 200 ");
            }
        }
        Eventually.holds(DEADLINE, () -> status() == 200, () -> "the service is still full");
    }

    private String answer(String path) throws IOException {
        try (Wire wire = Wire.to(server)) {
            return wire.send(Wire.get(path, "Connection: close")).receive();
        }
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
