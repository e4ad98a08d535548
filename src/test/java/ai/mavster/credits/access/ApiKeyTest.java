package ai.mavster.credits.access;

import static ai.mavster.credits.access.KeyCalls.ADMIN;
import static ai.mavster.credits.access.KeyCalls.as;
import static ai.mavster.credits.access.KeyCalls.unauthenticated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import ai.mavster.credits.MovableClock;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of API keys, told through HTTP. {@code /v1/echo} stands for the endpoints of the features. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ApiKeyTest {

    @Inject
    MovableClock clock;

    @Inject
    AgroalDataSource database;

    @Inject
    LastUses lastUses;

    @Inject
    KnownKeys knownKeys;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void aKeyIsShownOnce() throws SQLException {
        String key = KeyCalls.create("{'name': 'runner eu-1', 'scopes': ['top-ups', 'runner', 'billing', 'runner']}")
                .statusCode(201)
                .header("Location", matchesPattern(".*/v1/api-keys/key_[0-9a-f-]{36}"))
                .body("id", startsWith("key_"))
                .body("key", matchesPattern("mck_[A-Za-z0-9_-]{43}"))
                .body("name", equalTo("runner eu-1"))
                .body("scopes", contains("runner", "billing", "top-ups"))
                .body("account_id", nullValue())
                .body("expires_at", nullValue())
                .body("created_at", notNullValue())
                .extract()
                .path("key");

        String list =
                as(ADMIN).get("/v1/api-keys").then().statusCode(200).extract().asString();
        assertThat(list)
                .contains("\"last_four\":\"" + key.substring(key.length() - 4) + "\"")
                .doesNotContain(key)
                .doesNotContain("hash");
        assertThat(query("select count(*)::text from api_key k where k::text like '%' || ? || '%'", key.substring(4)))
                .isEqualTo("0");
    }

    @Test
    void theNewestKeysComeFirst() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(
                    0,
                    KeyCalls.create("{'name': 'page " + i + "', 'scopes': ['runner']}")
                            .extract()
                            .path("id"));
        }

        var first = as(ADMIN).get("/v1/api-keys?limit=3").then().statusCode(200).extract();
        KeyCalls.create("{'name': 'in between', 'scopes': ['runner']}");
        var second = as(ADMIN)
                .get("/v1/api-keys?limit=2&cursor=" + first.path("next_cursor"))
                .then()
                .statusCode(200)
                .extract();

        assertThat(first.<List<String>>path("data.id")).isEqualTo(ids.subList(0, 3));
        assertThat(first.<Boolean>path("has_more")).isTrue();
        assertThat(second.<List<String>>path("data.id")).isEqualTo(ids.subList(3, 5));
    }

    @Test
    void theLastPageSaysSo() {
        KeyCalls.create("{'name': 'last page', 'scopes': ['runner']}");

        as(ADMIN)
                .get("/v1/api-keys?limit=1000")
                .then()
                .statusCode(200)
                .body("has_more", equalTo(false))
                .body("next_cursor", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=x", "cursor=x", "cursor=dHg", "cursor=bjE"})
    void aListIsAskedForProperly(String query) {
        as(ADMIN)
                .get("/v1/api-keys?" + query)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(query.substring(0, query.indexOf('='))));
    }

    @Test
    void aRevokedKeyIsDeadAtOnceHere() {
        var created =
                KeyCalls.create("{'name': 'to revoke', 'scopes': ['runner']}").extract();
        String key = created.path("key");
        String id = created.path("id");
        as(key).get("/v1/echo/accounts/a/things/b").then().statusCode(200);

        as(ADMIN).delete("/v1/api-keys/" + id).then().statusCode(204);

        unauthenticated(as(key));
        String revokedAt = revokedAt(id);
        assertThat(revokedAt).isNotNull();
        clock.moveBy(Duration.ofMinutes(1));
        as(ADMIN).delete("/v1/api-keys/" + id).then().statusCode(204);
        assertThat(revokedAt(id)).isEqualTo(revokedAt);
    }

    /** As if another process had revoked it: this one still remembers the key, until it asks again. */
    @Test
    void aKeyRevokedElsewhereDiesWithWhatIsRemembered() throws SQLException {
        String key = KeyCalls.create("{'name': 'elsewhere', 'scopes': ['runner']}")
                .extract()
                .path("key");
        as(key).get("/v1/echo/accounts/a/things/b").then().statusCode(200);

        query(
                "update api_key set revoked_at = now() where last_four = ? returning name",
                key.substring(key.length() - 4));
        as(key).get("/v1/echo/accounts/a/things/b").then().statusCode(200);
        knownKeys.forget(KeyText.hash(key));

        unauthenticated(as(key));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'scopes': ['runner']}                                                    | name
            {'name': '', 'scopes': ['runner']}                                        | name
            {'name': 'a'}                                                             | scopes
            {'name': 'a', 'scopes': []}                                               | scopes
            {'name': 'a', 'scopes': [null]}                                           | scopes[0]
            {'name': 'a', 'scopes': ['runner', 'root']}                               | scopes[1]
            {'name': 'a', 'scopes': ['RUNNER']}                                       | scopes[0]
            {'name': 'a', 'scopes': ['top_ups']}                                      | scopes[0]
            {'name': 'a', 'scopes': ['renewals'], 'account_id': 'acct_keys'}          | scopes
            {'name': 'a', 'scopes': ['runner'], 'account_id': 'a b'}                  | account_id
            {'name': 'a', 'scopes': ['runner'], 'expires_at': '2020-01-01T00:00:00Z'} | expires_at
            {'name': 'a', 'scopes': ['runner'], 'key': 'mine'}                        | key
            """)
    void whatIsWrongWithANewKeyIsNamed(String body, String field) {
        KeyCalls.create(body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body("errors.field", contains(field));
    }

    @Test
    void aKeyIsBoundToAnAccountThatExists() {
        KeyCalls.create("{'name': 'a', 'scopes': ['runner'], 'account_id': 'acct_nobody'}")
                .statusCode(404)
                .body("code", equalTo("account_not_found"))
                .body("detail", equalTo("There is no account acct_nobody."));
    }

    @Test
    void aBoundKeySeesItsAccountOnly() throws SQLException {
        account("acct/7");
        String key = KeyCalls.create("{'name': 'bound', 'scopes': ['runner', 'admin'], 'account_id': 'acct/7'}")
                .statusCode(201)
                .body("account_id", equalTo("acct/7"))
                .extract()
                .path("key");

        as(key).get("/v1/echo/accounts/acct%2F7/things/b")
                .then()
                .statusCode(200)
                .body("account_id", equalTo("acct/7"));
        as(key).get("/v1/echo/accounts/acct%2F8/things/b")
                .then()
                .statusCode(404)
                .body("code", equalTo("account_not_found"))
                .body("detail", equalTo("There is no account acct/8."));
        as(key).get("/v1/echo/accounts/other/loop").then().statusCode(404);
        as(key).get("/v1/api-keys").then().statusCode(403).body("code", equalTo("forbidden"));
        as(key).delete("/v1/api-keys/key_" + UUID.randomUUID()).then().statusCode(403);
        as(key).contentType("application/json")
                .body("{\"name\": \"a\", \"scopes\": [\"admin\"]}")
                .post("/v1/api-keys")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key_00000000-0000-7000-8000-000000000000",
                "00000000-0000-7000-8000-000000000000",
                "key_0-0-7000-8000-0",
                "key_KEY",
                "hold_00000000-0000-7000-8000-000000000000",
                "%20"
            })
    void aKeyThatIsNotThereCannotBeRevoked(String id) {
        as(ADMIN)
                .delete("/v1/api-keys/" + id)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("not_found"));
    }

    @Test
    void itsLastUseIsWrittenLater() {
        var created = KeyCalls.create("{'name': 'used', 'scopes': ['runner']}").extract();
        String key = created.path("key");
        as(key).get("/v1/echo/accounts/a/things/b").then().statusCode(200);
        assertThat(listed(created.path("id"), "last_used_at")).isNull();

        lastUses.write();
        String first = listed(created.path("id"), "last_used_at");
        clock.moveBy(Duration.ofMinutes(2));
        as(key).get("/v1/echo/accounts/a/things/b").then().statusCode(200);
        lastUses.write();

        assertThat(first).isNotNull();
        assertThat(Instant.parse(listed(created.path("id"), "last_used_at")))
                .isAfter(Instant.parse(first).plusSeconds(119));
    }

    private String listed(String id, String field) {
        return as(ADMIN)
                .get("/v1/api-keys?limit=1000")
                .then()
                .statusCode(200)
                .extract()
                .path("data.find { it.id == '" + id + "' }." + field);
    }

    private String revokedAt(String id) {
        return listed(id, "revoked_at");
    }

    private void account(String id) throws SQLException {
        query(
                "insert into account (account_id, created_at, updated_at) values (?, now(), now())"
                        + " on conflict (account_id) do update set updated_at = now() returning account_id",
                id);
    }

    private String query(String sql, String parameter) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }
}
