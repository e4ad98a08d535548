package ai.mavster.credits.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** What is asked of and with API keys over HTTP. */
final class KeyCalls {

    /** As configured for tests. */
    static final String ADMIN = "test-admin-key-0123456789";

    private KeyCalls() {}

    static RequestSpecification as(String key) {
        return given().urlEncodingEnabled(false).header("Authorization", "Bearer " + key);
    }

    static ValidatableResponse create(String body) {
        return as(ADMIN)
                .contentType("application/json")
                .body(body.replace('\'', '"'))
                .post("/v1/api-keys")
                .then();
    }

    static void unauthenticated(RequestSpecification caller) {
        caller.get("/v1/echo/accounts/a/things/b")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("unauthenticated"))
                .body("type", equalTo("https://mavster.ai/problems/unauthenticated"));
    }
}
