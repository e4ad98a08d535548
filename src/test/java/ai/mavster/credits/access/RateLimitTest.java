package ai.mavster.credits.access;

import static ai.mavster.credits.access.KeyCalls.ADMIN;
import static ai.mavster.credits.access.KeyCalls.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Scrape;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.http.limits.Wire;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A request a second, and some at once: little enough that a slow machine reaches the limits too. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(RateLimitTest.OneASecond.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RateLimitTest {

    private static final int ENOUGH = 500;
    private static final String THINGS = "/v1/echo/accounts/a/things/b";

    @TestHTTPResource
    URI server;

    /** A service with limits; the admin, whom tests need, has one that they do not reach. */
    public static final class OneASecond implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "credits.rate-limit", "1000",
                    "credits.rate-limit.burst", "2000",
                    "credits.rate-limit.runner", "1",
                    "credits.rate-limit.runner.burst", "5",
                    "credits.rate-limit.unknown-keys", "1",
                    "credits.rate-limit.unknown-keys.burst", "5");
        }
    }

    private static String newKey(String scope) {
        return KeyCalls.create("{'name': 'limited', 'scopes': ['" + scope + "']}")
                .statusCode(201)
                .extract()
                .path("key");
    }

    /** Asks until there are too many; the answer that says so. */
    private static Response exhaust(String key, int before) {
        for (int i = 0; i < ENOUGH; i++) {
            Response answer = as(key).get(THINGS);
            if (answer.statusCode() == 429) {
                return answer;
            }
            assertThat(answer.statusCode()).isEqualTo(before);
        }
        throw new AssertionError("no limit was met");
    }

    @Test
    void whoHasALimitIsToldSoUntilItIsMet() {
        Scrape scrape = Scrape.now();
        String key = newKey("runner");

        Response first = as(key).get(THINGS);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"key\";q=5;w=5");
        assertThat(first.header("RateLimit")).isEqualTo("\"key\";r=4;t=1");
        Response last = exhaust(key, 200);

        assertThat(last.contentType()).isEqualTo("application/problem+json");
        assertThat(last.header("Retry-After")).isEqualTo("1");
        assertThat(last.header("RateLimit")).isEqualTo("\"key\";r=0;t=1");
        assertThat(last.header("RateLimit-Policy")).isEqualTo("\"key\";q=5;w=5");
        assertThat(last.path("code").toString()).isEqualTo("rate_limited");
        scrape.risesBy("requests_turned_away_total{reason=\"key_rate\"}", "1");
    }

    @Test
    void oneKeyTakesNothingFromAnother() {
        exhaust(newKey("runner"), 200);

        as(newKey("runner")).get(THINGS).then().statusCode(200);
        Response others = as(newKey("read")).get(THINGS);
        assertThat(others.header("RateLimit-Policy")).isEqualTo("\"key\";q=2000;w=2");
    }

    /** What a key may not do is counted as well, so that nobody asks in vain for nothing. */
    @Test
    void refusalsCount() {
        String key = newKey("runner");
        for (int i = 0; i < ENOUGH; i++) {
            Response answer = as(key).get("/v1/api-keys");
            if (answer.statusCode() == 429) {
                return;
            }
            assertThat(answer.statusCode()).isEqualTo(403);
        }
        throw new AssertionError("no limit was met");
    }

    @Test
    void theBodyIsNotWaitedFor() throws Exception {
        String key = newKey("runner");
        try (Wire wire = Wire.to(server)) {
            exhaust(key, 200);
            String answer = wire.send(
                            Wire.post("/v1/preflights", 1_000, "Authorization: Bearer " + key, "Expect: 100-continue"))
                    .receive();

            assertThat(answer).startsWith("HTTP/1.1 429 ").contains("\"code\":\"rate_limited\"");
        }
    }

    @Test
    void healthIsNotCounted() {
        String key = newKey("runner");
        exhaust(key, 200);

        Response health = as(key).get("/q/health/live");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.header("RateLimit")).isNull();
    }

    /** Last, since it leaves no room for keys that are new. */
    @Test
    @Order(Integer.MAX_VALUE)
    void whoTriesKeysIsStoppedAndTheirNeighboursGoOn() {
        String known = newKey("read");
        as(known).get("/v1/accounts/a").then().statusCode(404);
        Response tooMany = null;
        for (int i = 0; i < ENOUGH && tooMany == null; i++) {
            Response answer = as(KeyText.generate()).get("/v1/accounts/a");
            tooMany = answer.statusCode() == 429 ? answer : null;
        }

        assertThat(tooMany).isNotNull();
        assertThat(tooMany.header("Retry-After")).isEqualTo("1");
        assertThat(tooMany.header("RateLimit")).isNull();
        as(known).get("/v1/accounts/a").then().statusCode(404);
        as(ADMIN).get("/v1/api-keys?limit=1").then().statusCode(200);
        given().get("/v1/accounts/a").then().statusCode(401);
    }
}
