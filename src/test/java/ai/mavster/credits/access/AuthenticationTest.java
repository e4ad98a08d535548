package ai.mavster.credits.access;

import static ai.mavster.credits.access.KeyCalls.ADMIN;
import static ai.mavster.credits.access.KeyCalls.as;
import static ai.mavster.credits.access.KeyCalls.unauthenticated;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import ai.mavster.credits.MovableClock;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a caller is, by its key, and what it may do. {@code /v1/echo} stands for the endpoints of the features. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AuthenticationTest {

    @ConfigProperty(name = "quarkus.datasource.jdbc.max-size")
    int most;

    @Inject
    AgroalDataSource database;

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    /** Each scope against an endpoint of the runner's and one of the administrator's. */
    @ParameterizedTest
    @CsvSource({
        "read, 403, 403",
        "runner, 200, 403",
        "billing, 403, 403",
        "top-ups, 403, 403",
        "renewals, 403, 403",
        "admin, 200, 200"
    })
    void aScopeIsAllThatAKeyMayDo(String scope, int runners, int administrators) {
        String key = KeyCalls.create("{'name': 'scoped', 'scopes': ['" + scope + "']}")
                .extract()
                .path("key");

        as(key).get("/v1/echo/accounts/a/loop").then().statusCode(runners);
        as(key).get("/v1/api-keys?limit=1").then().statusCode(administrators);
    }

    /** A first use is looked up off the event loop, a second answered on it. */
    @Test
    void anEventLoopEndpointKnowsItsCaller() {
        String key = KeyCalls.create("{'name': 'loop', 'scopes': ['runner']}")
                .extract()
                .path("key");

        for (int i = 0; i < 3; i++) {
            as(key).get("/v1/echo/accounts/a/loop").then().statusCode(200).body("thread", containsString("eventloop"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer mck_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Bearer nonsense",
                "Bearer ",
                "Bearer",
                "Basic dGVzdDp0ZXN0",
                "mck_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Bearer test-admin-key-012345678",
                "Bearer test-admin-key-01234567890"
            })
    void anotherKeyIsNone(String authorization) {
        unauthenticated(given().header("Authorization", authorization));
    }

    @Test
    void noKeyIsNone() {
        unauthenticated(given());
    }

    @Test
    void theSchemeIsKnownInAnyCase() {
        given().header("Authorization", "bearer " + ADMIN)
                .get("/v1/api-keys")
                .then()
                .statusCode(200);
    }

    @Test
    void twoKeysAreNone() {
        given().header("Authorization", "Bearer " + ADMIN, "Bearer " + ADMIN)
                .get("/v1/api-keys")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("Authorization"));
    }

    @Test
    void healthAsksForNoKey() {
        given().header("Authorization", "Bearer nonsense")
                .get("/q/health/live")
                .then()
                .statusCode(200);
    }

    /** Without a connection left nobody can say whether a key is good: that is not the caller's fault. */
    @Test
    void aFailedLookUpIsNotAWrongKey() throws SQLException {
        String key = KeyCalls.create("{'name': 'no database', 'scopes': ['runner']}")
                .extract()
                .path("key");
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < most; i++) {
                all.add(database.getConnection());
            }

            as(key).get("/v1/echo/accounts/a/things/b")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "1")
                    .contentType("application/problem+json")
                    .body("code", equalTo("unavailable"));
            as(ADMIN).get("/v1/echo/accounts/a/things/b").then().statusCode(200);
            as(ADMIN).get("/v1/api-keys").then().statusCode(503);
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
        as(key).get("/v1/echo/accounts/a/things/b").then().statusCode(200);
    }

    @Test
    void aKeyExpires() {
        String key = KeyCalls.create("{'name': 'short', 'scopes': ['runner'], 'expires_at': '"
                        + Instant.now().plusSeconds(3600) + "'}")
                .statusCode(201)
                .extract()
                .path("key");
        as(key).get("/v1/echo/accounts/a/things/b").then().statusCode(200);

        clock.moveBy(Duration.ofMinutes(61));

        unauthenticated(as(key));
    }

    @Inject
    ApiKeyRepository repository;

    @Test
    void theRepositoryKnowsWhetherAnAdminIsLeft() {
        var created = KeyCalls.create("{'name': 'an admin', 'scopes': ['admin'], 'expires_at': '2126-01-01T00:00:00Z'}")
                .extract();

        assertThat(repository.hasAdmin(Instant.parse("2125-12-31T00:00:00Z"))).isTrue();
        assertThat(repository.hasAdmin(Instant.parse("2126-01-01T00:00:00Z"))).isEqualTo(otherAdmins());
        as(ADMIN).delete("/v1/api-keys/" + created.path("id")).then().statusCode(204);
    }

    private boolean otherAdmins() {
        return as(ADMIN)
                        .get("/v1/api-keys?limit=1000")
                        .then()
                        .extract()
                        .<List<String>>path(
                                "data.findAll { it.scopes.contains('admin') && !it.account_id && !it.revoked_at && !it.expires_at }.id")
                        .size()
                > 0;
    }
}
