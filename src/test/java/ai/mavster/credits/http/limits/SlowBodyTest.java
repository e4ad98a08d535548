package ai.mavster.credits.http.limits;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who take their time with a body, or never end it: they keep nobody from anything. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(Impatient.class)
class SlowBodyTest {

    /** Well formed, and nobody's. */
    private static final String UNKNOWN_KEY = "Bearer mck_" + "k".repeat(43);

    private static final int KB = 1024;

    @TestHTTPResource
    URI server;

    private final List<Wire> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws IOException {
        for (Wire wire : open) {
            wire.close();
        }
    }

    private Wire wire() throws IOException {
        Wire wire = Wire.to(server);
        open.add(wire);
        return wire;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/echo", "/v1/echo/async"})
    void moreSlowBodiesThanWorkersHoldNobodyUp(String path) throws IOException {
        for (int i = 0; i < 80; i++) {
            wire().sendUntilRead(path, 100).send("{");
        }

        assertThat(given().get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(given().get("/q/metrics").statusCode()).isEqualTo(200);
        // A key that has not been looked up yet.
        assertThat(given().header("Authorization", UNKNOWN_KEY)
                        .get("/v1/echo/accounts/a/loop")
                        .statusCode())
                .isEqualTo(401);
        assertThat(given().contentType("application/json")
                        .body("{\"count\": 1}")
                        .post(path)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/echo", "/v1/echo/async"})
    void thereIsOneDeadlineForAllOfABody(String path) throws IOException {
        Wire slow = wire().sendUntilRead(path, 100_000);

        Eventually.holds(
                Wire.DEADLINE,
                () -> {
                    slow.send(" ");
                    return slow.hasAnswer();
                },
                () -> "no answer to a body that never ends");

        assertThat(slow.receive())
                .startsWith("HTTP/1.1 408 ")
                .containsIgnoringCase("connection: close")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"code\":\"request_timeout\"");
        slow.awaitEnd(" ");
    }

    /** It holds no thread meanwhile, and is cut off without an answer. */
    @Test
    void aFormHasTheSameDeadline() throws IOException {
        Wire slow = wire().send(Wire.post("/operator/sign-in", 60_000) + "key=");

        slow.awaitEnd("k");

        assertThat(given().get("/operator/sign-in").statusCode()).isEqualTo(200);
    }

    @Test
    void whoGoesOnSendingAfterTheAnswerIsCutOff() throws IOException {
        Wire rejected = wire().send(Wire.post("/v1/nothing", 100_000));
        assertThat(rejected.receive()).startsWith("HTTP/1.1 404 ");

        rejected.awaitEnd(" ");
    }

    /** Together they would take three times what there is for bodies. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/echo", "/v1/echo/async"})
    void largeBodiesThatStopGiveWayToOthers(String path) throws IOException {
        List<Wire> stopping = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            stopping.add(wire().sendUntilRead(path, 100 * KB).send(" ".repeat(64 * KB)));
        }

        assertThat(stopping.get(0).receive())
                .startsWith("HTTP/1.1 503 ")
                .containsIgnoringCase("retry-after: 1")
                .contains("\"code\":\"overloaded\"");
        for (int i = 0; i < 5; i++) {
            assertThat(wire().send(Wire.post(path, 60 * KB) + " ".repeat(60 * KB - 2) + "{}")
                            .receive())
                    .startsWith("HTTP/1.1 200 ");
        }
        // Small ones are read in any case.
        assertThat(wire().send(Wire.post(path, 2) + "{}").receive()).startsWith("HTTP/1.1 200 ");
    }
}
