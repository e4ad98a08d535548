package ai.mavster.credits.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers, paths, query parameters, and that every failure is a problem. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class HttpConventionsTest {

    private static final String ADMIN = "Bearer test-admin-key-0123456789";

    @ParameterizedTest
    @CsvSource({
        "/v1/nope, 404, not_found",
        "/nope, 404, not_found",
        "/v1/echo/, 405, method_not_allowed",
        "/v1/echo, 405, method_not_allowed",
        "/v1/echo/closed, 401, unauthenticated",
        "/v1/echo/failures/lost, 503, unavailable",
        "/v1/echo/failures/pool, 503, unavailable",
        "/v1/echo/failures/later, 503, overloaded",
        "/v1/echo/failures/overloaded, 503, overloaded",
        "/v1/echo/failures/unreachable, 503, unavailable",
        "/v1/echo/failures/in-doubt, 503, outcome_unknown",
        "/v1/echo/failures/refused, 404, account_not_found",
        "/v1/echo/failures/refused-later, 404, account_not_found",
        "/v1/echo/failures/unknown, 503, outcome_unknown"
    })
    void everyFailureIsAProblem(String path, int status, String code) {
        problem(given().get(path).then(), status, code);
    }

    @Test
    void inputThatBreaksARuleIsNamed() {
        problem(given().get("/v1/echo/failures/input").then(), 400, "invalid_request")
                .body("detail", equalTo("items[1].credits must be less."))
                .body("errors.field", contains("items[1].credits"))
                .body("errors.message", contains("must be less"));
    }

    @Test
    void whatMayBeRetriedSaysWhen() {
        for (String kind : new String[] {"lost", "later", "unknown"}) {
            given().get("/v1/echo/failures/" + kind).then().header("Retry-After", "1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/echo/failures/sql", "/v1/echo/failures/unwritable", "/v1/echo/unwritable"})
    void aFaultOfOursGivesNothingAway(String path) {
        String answer = problem(given().get(path).then(), 500, "internal_error")
                .body("error_id", matchesPattern("[0-9a-f-]{36}"))
                .extract()
                .asString();

        assertThat(answer).doesNotContain("secret").doesNotContain("Exception").doesNotContain("java");
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() {
        problem(given().contentType("text/plain").body("{}").post("/v1/echo").then(), 415, "unsupported_media_type");
        problem(
                given().contentType("application/xml")
                        .body("<a/>")
                        .post("/v1/echo")
                        .then(),
                415,
                "unsupported_media_type");
    }

    @Test
    void anAnswerOfAnotherTypeIsNotAcceptable() {
        problem(
                given().contentType("application/json")
                        .accept("application/xml")
                        .body("{}")
                        .post("/v1/echo")
                        .then(),
                406,
                "not_acceptable");
    }

    @Test
    void anotherMethodIsNotAllowed() {
        problem(
                given().contentType("application/json")
                        .body("{}")
                        .put("/v1/echo")
                        .then(),
                405,
                "method_not_allowed");
    }

    @Test
    void theIdempotencyKeyIsRead() {
        String all = "!\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~";
        given().header("Idempotency-Key", all)
                .get("/v1/echo/key")
                .then()
                .statusCode(200)
                .body("key", equalTo(all));
        String longest = "k".repeat(255);
        given().header("idempotency-key", longest)
                .get("/v1/echo/key")
                .then()
                .statusCode(200)
                .body("key", equalTo(longest));
    }

    @Test
    void theIdempotencyKeyIsRequired() {
        problem(given().get("/v1/echo/key").then(), 400, "idempotency_key_required")
                .body("errors.field", contains("Idempotency-Key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ü", "256"})
    void aMalformedIdempotencyKeyIsRefused(String key) {
        String sent = key.equals("256") ? "k".repeat(256) : key;
        problem(given().header("Idempotency-Key", sent).get("/v1/echo/key").then(), 400, "invalid_request")
                .body("errors.field", contains("Idempotency-Key"));
    }

    @Test
    void twoIdempotencyKeysAreRefused() {
        problem(given().header("Idempotency-Key", "a", "a").get("/v1/echo/key").then(), 400, "invalid_request")
                .body("errors.field", contains("Idempotency-Key"));
    }

    @ParameterizedTest
    @CsvSource({"from=2026-11-21T18:39:00Z, 50", "limit=1, 1", "limit=1000, 1000"})
    void aLimitIsRead(String query, int limit) {
        get("query?" + query).statusCode(200).body("limit", equalTo(limit)).body("cursor", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "query, unknown=x, unknown",
        "query, limit=0, limit",
        "query, limit=1001, limit",
        "query, limit=-1, limit",
        "query, limit=abc, limit",
        "query, limit=1.5, limit",
        "query, limit=99999999999, limit",
        "query, limit=, limit",
        "query, limit=5&limit=5, limit",
        "query, limit=%D9%A1, limit",
        "query, cursor=, cursor",
        "query, cursor=!!, cursor",
        "query, cursor=bnh4, cursor",
        "query, cursor=bjE=, cursor",
        "query, cursor=dGFiYw, cursor",
        "query, cursor=bjE&cursor=bjE, cursor",
        "text-cursor, cursor=bjE, cursor",
        "text-cursor, cursor=dAA, cursor",
        "text-cursor, cursor=dP8, cursor",
        "query, from=yesterday, from",
        "query, from=2026-11-21, from",
        "query, from=1, from",
        "query, colour=RED, colour",
        "query, 'colours=red,', colours",
        "query, colour=red%00, colour"
    })
    void aWrongParameterIsNamed(String path, String query, String field) {
        problem(get(path + "?" + query), 400, "invalid_request").body("errors.field", contains(field));
    }

    @Test
    void parametersAreRead() {
        get("query?from=2026-11-21T18:39:00%2B01:00&colour=dark_blue&colours=red,dark_blue&cursor=" + Cursor.of(-7L))
                .statusCode(200)
                .body("from", equalTo("2026-11-21T17:39:00Z"))
                .body("colour", equalTo("dark_blue"))
                .body("colours", contains("red", "dark_blue"))
                .body("cursor", equalTo(-7));
        get("text-cursor?cursor=" + Cursor.of("/ü|a")).statusCode(200).body("cursor", equalTo("/ü|a"));
    }

    @Test
    void anEncodedSlashStaysInsideItsSegment() {
        given().urlEncodingEnabled(false)
                .header("Authorization", ADMIN)
                .get("/v1/echo/accounts/a%2Fb/things/c%2fd%40e")
                .then()
                .statusCode(200)
                .body("account_id", equalTo("a/b"))
                .body("thing", equalTo("c/d@e"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%20b", "%00", "%C3%BC", "a%2Fb%3F", "%22"})
    void anAccountIdHasItsForm(String accountId) {
        problem(
                        given().urlEncodingEnabled(false)
                                .header("Authorization", ADMIN)
                                .get("/v1/echo/accounts/" + accountId + "/things/c")
                                .then(),
                        400,
                        "invalid_request")
                .body("errors.field", contains("account_id"));
    }

    @Test
    void anAccountIdIsCheckedOnlyForCallersWithAKey() {
        problem(
                given().urlEncodingEnabled(false)
                        .get("/v1/echo/accounts/a%20b/things/c")
                        .then(),
                401,
                "unauthenticated");
    }

    private static ValidatableResponse get(String path) {
        return given().urlEncodingEnabled(false).get("/v1/echo/" + path).then();
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("code", equalTo(code))
                .body("type", equalTo("https://mavster.ai/problems/" + code.replace('_', '-')));
    }
}
