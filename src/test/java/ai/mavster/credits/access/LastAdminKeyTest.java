package ai.mavster.credits.access;

import static ai.mavster.credits.access.KeyCalls.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import ai.mavster.credits.UuidV7;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service without {@code CREDITS_ADMIN_KEY}, administered by several people with keys of their own. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(LastAdminKeyTest.WithoutFirstKey.class)
class LastAdminKeyTest {

    /** A service whose admins are all in its database. */
    public static final class WithoutFirstKey implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("credits.admin-key", "");
        }
    }

    private static final String ADMIN = "'scopes': ['admin']";

    @Inject
    ApiKeyRepository repository;

    @Inject
    AgroalDataSource database;

    @Inject
    Clock clock;

    private Key ada;

    private record Key(String id, String text) {}

    /** Ada is the only admin. */
    @BeforeEach
    void leaveOneAdmin() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update api_key set revoked_at = now() where revoked_at is null");
            statement.executeUpdate("insert into account (account_id, created_at, updated_at)"
                    + " values ('acct_admins', now(), now()) on conflict (account_id) do nothing");
        }
        String text = KeyText.generate();
        ApiKey key = new ApiKey(
                UuidV7.next(clock.instant()), "Ada", text, List.of(Scope.ADMIN), null, null, clock.instant());
        repository.add(key);
        ada = new Key(KeyId.format(key.keyId()), text);
    }

    @Test
    void theLastAdminStaysAndIsToldTheWayOut() {
        refused(revoke(ada, ada));

        as(ada.text).get("/v1/api-keys?limit=1").then().statusCode(200);
        Key grace = create("Grace", ADMIN);
        revoke(ada, grace).statusCode(204);
        revoke(ada, grace).statusCode(204);
        refused(revoke(grace, grace));
    }

    /** Who may not do all of it, or no longer, is no admin who could help. */
    @Test
    void othersDoNotCount() {
        create("runner", "'scopes': ['read', 'runner', 'billing', 'top-ups', 'renewals']");
        create("bound", ADMIN + ", 'account_id': 'acct_admins'");
        revoke(create("revoked", ADMIN), ada).statusCode(204);
        Key expired =
                create("expired", ADMIN + ", 'expires_at': '" + clock.instant().plusSeconds(3600) + "'");
        expire(expired);

        refused(revoke(ada, ada));

        revoke(create("no admin", "'scopes': ['runner']"), ada).statusCode(204);
    }

    @Test
    void adminsHaveNames() {
        create("Grace", ADMIN);
        create("Edsger", ADMIN);

        List<String> names = as(ada.text)
                .get("/v1/api-keys?limit=1000")
                .then()
                .statusCode(200)
                .extract()
                .path("data.findAll { !it.revoked_at && it.scopes == ['admin'] }.name");
        assertThat(names).containsExactlyInAnyOrder("Ada", "Grace", "Edsger");
    }

    /** Each of two admins revokes the other: one of them stays. */
    @Test
    void ofTwoWhoRevokeEachOtherOneStays() {
        for (int i = 0; i < 20; i++) {
            Key grace = create("Grace " + i, ADMIN);
            Key before = ada;
            List<CompletableFuture<Integer>> both = new ArrayList<>();
            both.add(CompletableFuture.supplyAsync(() -> status(grace, before)));
            both.add(CompletableFuture.supplyAsync(() -> status(before, grace)));

            List<Integer> statuses = both.stream().map(CompletableFuture::join).toList();

            assertThat(statuses).filteredOn(status -> status == 204).hasSize(1);
            assertThat(repository.hasAdmin(clock.instant())).isTrue();
            ada = statuses.get(0) == 204 ? before : grace;
        }
    }

    private Key create(String name, String rest) {
        JsonPath created = as(ada.text)
                .contentType("application/json")
                .body(("{'name': '" + name + "', " + rest + "}").replace('\'', '"'))
                .post("/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        return new Key(created.getString("id"), created.getString("key"));
    }

    private static ValidatableResponse revoke(Key key, Key by) {
        return as(by.text).delete("/v1/api-keys/" + key.id).then();
    }

    private static int status(Key key, Key by) {
        return revoke(key, by).extract().statusCode();
    }

    private static void refused(ValidatableResponse answer) {
        answer.statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("last_admin_key"))
                .body("detail", containsString("CREDITS_ADMIN_KEY"));
    }

    private void expire(Key key) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update api_key set expires_at = now() - interval '1 hour' where key_id = '"
                    + KeyId.parse(key.id).orElseThrow() + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
