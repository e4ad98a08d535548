package ai.mavster.credits.http.log;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.http.log.Written.Line;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log tells of requests where it is asked to, and what it never tells. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(RequestLogTest.Talkative.class)
class RequestLogTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** Names, mails, notes: each has this in it. */
    private static final String PRIVATE = "Beeblebrox";

    /** All there is to be logged. */
    public static final class Talkative implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "credits.log.json", "true",
                    "credits.log.requests", "true",
                    "quarkus.log.category.\"ai.mavster.credits\".level", "DEBUG",
                    "quarkus.log.category.\"org.hibernate\".level", "DEBUG");
        }
    }

    @Inject
    AgroalDataSource database;

    private Written written;

    @BeforeEach
    void listen() {
        written = new Written();
    }

    @AfterEach
    void stop() {
        written.close();
    }

    private RequestSpecification as(String key, String requestId) {
        return given().header("Authorization", "Bearer " + key)
                .header("X-Request-Id", requestId)
                .header("Idempotency-Key", Customer.newKey())
                .contentType("application/json");
    }

    /** The line of a request, once it is there. */
    private Line line(String requestId) {
        Eventually.holds(DEADLINE, () -> !ofRequest(requestId).isEmpty(), () -> requestId + " in " + written.lines());
        assertThat(ofRequest(requestId)).hasSize(1);
        return ofRequest(requestId).get(0);
    }

    private List<Line> ofRequest(String requestId) {
        return written.lines().stream()
                .filter(line -> line.logger().equals(RequestLog.class.getName()))
                .filter(line -> line.message().contains("request " + requestId + ","))
                .toList();
    }

    @Test
    void eachRequestHasItsLine() {
        Customer customer = Customer.having("5");
        String keyId = given().header("Authorization", "Bearer " + Customer.ADMIN)
                .contentType("application/json")
                .body("{\"name\": \"runner\", \"scopes\": [\"runner\"]}")
                .post("/v1/api-keys")
                .path("id");

        as(Customer.ADMIN, "debit-1")
                .body("{\"credits\": 1}")
                .post(customer.path("/debits"))
                .then()
                .statusCode(201);
        as(Customer.ADMIN, "debit-2")
                .body("{\"credits\": 1000}")
                .post(customer.path("/debits"))
                .then()
                .statusCode(402);
        as(Customer.ADMIN, "plans").get("/v1/plans?limit=2").then().statusCode(200);
        as("no-key", "stranger").get(customer.path("/balance")).then().statusCode(401);
        as(Customer.ADMIN, "nowhere").get("/v1/no/such/address").then().statusCode(404);

        assertThat(keyId).isNotNull();
        Line debit = line("debit-1");
        assertThat(debit.message())
                .matches("POST /v1/accounts/\\{account_id}/debits 201 in \\d+ ms, request debit-1, account "
                        + customer.id + ", key first admin key");
        assertThat(debit.beside())
                .containsEntry("request_id", "debit-1")
                .containsEntry("account_id", customer.id)
                .containsEntry("key_id", "first admin key");
        assertThat(line("debit-2").message()).startsWith("POST /v1/accounts/{account_id}/debits 402 ");
        assertThat(line("plans").message()).startsWith("GET /v1/plans 200 ").contains("account null");
        assertThat(line("plans").beside()).doesNotContainKey("account_id");
        assertThat(line("stranger").message())
                .startsWith("GET /v1/accounts/{account_id}/balance 401 ")
                .endsWith("key null");
        assertThat(line("nowhere").message()).contains(" 404 ").doesNotContain("/no/such");
    }

    @Test
    void whatIsLoggedInBetweenIsOfTheRequest() throws SQLException {
        Customer customer = Customer.create();
        refusing(
                "account",
                "name",
                () -> as(Customer.ADMIN, "in-between")
                        .body("{\"name\": \"" + PRIVATE + "\"}")
                        .put(customer.path(""))
                        .then()
                        .statusCode(500));

        assertThat(written.lines())
                .filteredOn(line -> line.message().startsWith("Internal error"))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line.beside())
                        .containsEntry("request_id", "in-between")
                        .containsEntry("account_id", customer.id)
                        .containsEntry("key_id", "first admin key"));
    }

    /** An id of another form is not taken over: who reads the log would take it for a line. */
    @Test
    void anIdIsGivenToWhoSendsNone() {
        Customer customer = Customer.create();
        as(Customer.ADMIN, "a b").get(customer.path("/balance")).then().statusCode(200);
        given().header("Authorization", "Bearer " + Customer.ADMIN)
                .get(customer.path("/balance"))
                .then()
                .statusCode(200);

        Eventually.holds(DEADLINE, () -> balances(customer).size() == 2, () -> "two in " + written.lines());
        assertThat(balances(customer))
                .extracting(line -> UUID.fromString(line.beside().get("request_id")))
                .doesNotHaveDuplicates();
    }

    private List<Line> balances(Customer customer) {
        return written.lines().stream()
                .filter(line -> line.message().startsWith("GET /v1/accounts/{account_id}/balance"))
                .filter(line -> line.message().contains(customer.id))
                .toList();
    }

    @Test
    void noLineHasASecretOrWhatSomebodyWrote() throws SQLException {
        Customer customer = Customer.having("5");
        String key = given().header("Authorization", "Bearer " + Customer.ADMIN)
                .contentType("application/json")
                .body("{\"name\": \"" + PRIVATE + "\", \"scopes\": [\"top-ups\", \"read\"]}")
                .post("/v1/api-keys")
                .path("key");
        String texts =
                "\"note\": \"N %1$s\", \"reference\": \"R %1$s\", \"metadata\": {\"who\": \"%1$s\"}".formatted(PRIVATE);
        String topUp = "{\"credits\": 1, " + texts + "}";

        as(key, "told").body(topUp).post(customer.path("/top-ups")).then().statusCode(201);
        as(key, "cut off")
                .body(topUp.substring(0, 60))
                .post(customer.path("/top-ups"))
                .then()
                .statusCode(400);
        as(key, "unknown")
                .body("{\"" + PRIVATE + "\": 1}")
                .post(customer.path("/top-ups"))
                .then()
                .statusCode(400);
        as(Customer.ADMIN, "named")
                .body("{\"name\": \"" + PRIVATE + "\", \"billing_email\": \"" + PRIVATE + "@example.org\"}")
                .put(customer.path(""))
                .then()
                .statusCode(200);
        as(Customer.ADMIN, "found").get("/v1/accounts?q=" + PRIVATE).then().statusCode(200);
        as(key + PRIVATE, "stranger").get(customer.path("")).then().statusCode(401);
        as(key, PRIVATE + " id")
                .get(customer.path("/balance/" + PRIVATE))
                .then()
                .statusCode(404);
        refusing(
                "account",
                "name",
                () -> as(Customer.ADMIN, "refused")
                        .body("{\"name\": \"" + PRIVATE + " again\"}")
                        .put(customer.path(""))
                        .then()
                        .statusCode(500));
        refusing(
                "posting_text",
                "note",
                () -> as(key, "poisoned")
                        .body(topUp)
                        .post(customer.path("/top-ups"))
                        .then()
                        .statusCode(500));

        line("poisoned");
        assertThat(written.lines())
                .filteredOn(line -> line.level().equals("ERROR"))
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(written.lines().toString())
                .contains("violates check constraint")
                .doesNotContain(PRIVATE)
                .doesNotContain(key)
                .doesNotContain(Customer.ADMIN);
    }

    /** While the database takes no such text, and says so with all that stands in the row. */
    private void refusing(String table, String column, Runnable story) throws SQLException {
        execute("ALTER TABLE %s ADD CONSTRAINT no_such_text CHECK (%s NOT LIKE '%%%s%%') NOT VALID"
                .formatted(table, column, PRIVATE));
        try {
            story.run();
        } finally {
            execute("ALTER TABLE %s DROP CONSTRAINT no_such_text".formatted(table));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
