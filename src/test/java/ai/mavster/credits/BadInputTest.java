package ai.mavster.credits;

import ai.mavster.credits.Example.Customer;
import ai.mavster.credits.ServedContract.Endpoint;
import ai.mavster.credits.embedded.TestDatabase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that are wrong, to each endpoint that takes one: a 400 that names the field, and nothing is written. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BadInputTest {

    private static final List<String> OF_EVERY_TYPE =
            List.of("\"x\"", "\"\"", "7", "1.5", "true", "{}", "{\"a\": 1}", "[]", "null");

    private static final List<String> AMOUNTS = List.of(
            "0.1234567",
            "1e-7",
            "1e400",
            "1e999999999",
            "1e-999999999",
            "-1",
            "0",
            "-0.0",
            "0e5",
            "\"5\"",
            "9999999999",
            "1000000000.000001",
            "9".repeat(90),
            "true",
            "[5]",
            "{\"credits\": 5}");

    /** No JSON, or too long to be read at all: no field to name, but a place in the body. */
    private static final List<String> NO_NUMBERS = List.of(
            "NaN",
            "Infinity",
            "-Infinity",
            "+5",
            "05",
            ".5",
            "5.",
            "0x5",
            "1_000",
            "9".repeat(2_000),
            "0." + "0".repeat(2_000) + "1");

    private static final List<String> IDS = List.of(
            "",
            "a".repeat(129),
            "kö",
            "a b",
            " a",
            "a ",
            "a\\n",
            "a\\u0000b",
            "a\\u007f",
            "a%2Fb",
            "%",
            "a?b",
            "a#b",
            "\\ud800",
            "😀");

    private static final List<String> INSTANTS = List.of(
            "2026-11-21",
            "2026-11-21T18:39:00",
            "2026-11-21 18:39:00Z",
            "2026-02-30T00:00:00Z",
            "2026-11-21T25:00:00Z",
            "-0001-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "+10000-01-01T00:00:00Z",
            "9999-12-31T23:59:59-18:00",
            "0001-01-01T00:00:00+18:00",
            "2026-11-21T18:39:00+99:00",
            "2026-11-21T18:39:00+24:00",
            "2026-11-21T18:39Z",
            "now",
            "",
            "1795286340");

    @Inject
    AgroalDataSource database;

    private final ObjectMapper json = new ObjectMapper();
    private final SoftAssertions all = new SoftAssertions();
    private ServedContract contract;
    private Customer customer;
    private Map<String, String> before;

    @BeforeEach
    void makeACustomer() {
        contract = ServedContract.read();
        customer = Customer.create("bad/" + java.util.UUID.randomUUID());
        before = Rows.digests(database);
    }

    @AfterEach
    void nothingWasWritten() {
        all.assertThat(Rows.digests(database)).isEqualTo(before);
        all.assertAll();
    }

    @Test
    void everyRequiredFieldIsMissed() {
        eachEndpoint((endpoint, good, schema) -> schema.path("required").forEach(field -> {
            refused(endpoint, without(good, field.asText()), field.asText());
            refused(endpoint, with(good, field.asText(), "null"), field.asText());
        }));
    }

    @Test
    void everyFieldIsOfItsTypesOnly() {
        eachField((endpoint, good, field, schema) -> OF_EVERY_TYPE.forEach(value -> {
            boolean looksRight = contract.accepts(schema, read(value));
            if (!looksRight) {
                refused(endpoint, with(good, field, value), field);
            }
        }));
    }

    @Test
    void amountsArePositiveExactNumbersWithinBounds() {
        List<String> amounts = new ArrayList<>();
        eachField((endpoint, good, field, schema) -> {
            if (ServedContract.refersTo(schema, "PositiveCredits")
                    || ServedContract.refersTo(schema, "SignedCredits")) {
                amounts.add(endpoint.name() + " " + field);
                AMOUNTS.forEach(value -> refused(endpoint, with(good, field, value), field));
                NO_NUMBERS.forEach(value -> refused(endpoint, with(good, field, value), "body"));
            }
        });
        all.assertThat(amounts)
                .containsExactlyInAnyOrder(
                        "POST /v1/accounts/{account_id}/debits credits",
                        "POST /v1/accounts/{account_id}/debits/{debit_id}/reversals credits",
                        "POST /v1/accounts/{account_id}/grants credits",
                        "POST /v1/accounts/{account_id}/grants/{grant_id}/void credits",
                        "POST /v1/accounts/{account_id}/runs/{run_id}/debits credits",
                        "POST /v1/accounts/{account_id}/runs/{run_id}/hold credits",
                        "POST /v1/accounts/{account_id}/top-ups credits",
                        "POST /v1/debits credits",
                        "POST /v1/preflights credits",
                        "PUT /v1/accounts/{account_id}/alert-settings debit_above",
                        "PUT /v1/accounts/{account_id}/subscription monthly_credits",
                        "PUT /v1/credit-price credits",
                        "PUT /v1/accounts/{account_id}/auto-recharge threshold",
                        "PUT /v1/accounts/{account_id}/auto-recharge credits_to_add",
                        "PUT /v1/accounts/{account_id}/auto-recharge top_up_to",
                        "PUT /v1/accounts/{account_id}/auto-recharge limit_per_period",
                        "PUT /v1/packs/{pack_id} credits",
                        "PUT /v1/plans/{plan_id} monthly_credits",
                        "PUT /v1/plans/{plan_id} trial_credits");
    }

    @Test
    void otherNumbersHaveBoundsToo() {
        List<String> numbers = List.of("1e400", "1e999999999", "1e-999999999", "-1", "9".repeat(90), "\"1\"");
        eachField((endpoint, good, field, schema) -> {
            if (List.of("cap_ratio", "quantity", "limit").contains(field)) {
                numbers.forEach(value -> refused(endpoint, with(good, field, value), field));
            }
        });
    }

    @Test
    void idsAreOfTheirForm() {
        eachField((endpoint, good, field, schema) -> {
            if (schema.path("pattern").asText().equals("^" + Identifier.PATTERN + "$")) {
                IDS.forEach(value -> refused(endpoint, with(good, field, "\"" + value + "\""), field));
            }
        });
    }

    @Test
    void instantsAreExact() {
        List<String> instants = new ArrayList<>();
        eachField((endpoint, good, field, schema) -> {
            if (ServedContract.refersTo(schema, "Instant")) {
                instants.add(endpoint.name() + " " + field);
                INSTANTS.forEach(value -> refused(endpoint, with(good, field, "\"" + value + "\""), field));
            }
        });
        all.assertThat(instants)
                .containsExactlyInAnyOrder(
                        "POST /v1/accounts/{account_id}/grants expires_at",
                        "POST /v1/accounts/{account_id}/test-clock/advance to",
                        "POST /v1/api-keys expires_at",
                        "POST /v1/renewals as_of",
                        "POST /v1/webhook-endpoints/{endpoint_id}/redeliver from",
                        "POST /v1/webhook-endpoints/{endpoint_id}/redeliver to",
                        "PUT /v1/accounts/{account_id} test_clock",
                        "PUT /v1/accounts/{account_id}/subscription anchor",
                        "PUT /v1/credit-price effective_from",
                        "POST /v1/reconciliations from",
                        "POST /v1/reconciliations to");
    }

    /** Free text; the longest that is allowed is left to the tests of good input. */
    @ParameterizedTest
    @CsvSource({
        "PUT /v1/accounts/{account_id}, name, 200",
        "PUT /v1/accounts/{account_id}, billing_email, 254",
        "POST /v1/accounts/{account_id}/top-ups, reference, 200",
        "POST /v1/accounts/{account_id}/top-ups, note, 500",
        "POST /v1/accounts/{account_id}/grants, reason, 500",
        "POST /v1/accounts/{account_id}/debits/{debit_id}/reversals, reason, 500",
        "POST /v1/accounts/{account_id}/grants/{grant_id}/void, reason, 500",
        "PUT /v1/plans/{plan_id}, name, 200",
        "PUT /v1/packs/{pack_id}, name, 200",
        "POST /v1/api-keys, name, 200"
    })
    void textIsSafeToKeep(String name, String field, int longest) {
        List<String> values = List.of(
                "",
                "a\\u0000b",
                "\\ud800",
                "\\udc00\\ud800",
                "a\\nb",
                "\\u001b[31m",
                "\\u0085",
                "a".repeat(longest + 1),
                "😀".repeat(longest + 1));
        contract.endpoint(name);
        eachEndpoint((endpoint, good, schema) -> {
            if (endpoint.name().equals(name)) {
                values.forEach(value -> refused(endpoint, with(good, field, "\"" + value + "\""), field));
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT /v1/accounts/{account_id}/subscription | anchor     | "2099-01-01T00:00:00Z" | 400 | anchor
            PUT /v1/accounts/{account_id}/subscription | anchor     | "0001-01-01T00:00:00Z" | 400 | anchor
            PUT /v1/accounts/{account_id}/subscription | time_zone  | "Europe/Atlantis"      | 400 | time_zone
            PUT /v1/accounts/{account_id}/subscription | time_zone  | ""                     | 400 | time_zone
            PUT /v1/accounts/{account_id}/subscription | time_zone  | "a\\u0000b"            | 400 | time_zone
            PUT /v1/accounts/{account_id}/subscription | plan       | "gold"                 | 404 | plan_not_found
            PUT /v1/accounts/{account_id}              | time_zone  | "Europe/Atlantis"      | 400 | time_zone
            PUT /v1/accounts/{account_id}              | billing_email | "nobody"            | 400 | billing_email
            POST /v1/accounts/{account_id}/grants      | expires_at | "2020-01-01T00:00:00Z" | 400 | expires_at
            POST /v1/accounts/{account_id}/grants      | kind       | "monthly"              | 400 | kind
            POST /v1/api-keys                          | expires_at | "2020-01-01T00:00:00Z" | 400 | expires_at
            POST /v1/api-keys                          | account_id | "nobody"               | 404 | account_not_found
            POST /v1/webhook-endpoints                 | account_id | "nobody"               | 404 | account_not_found
            POST /v1/api-keys                          | scopes     | ["root"]               | 400 | scopes[0]
            POST /v1/api-keys                          | scopes     | [null]                 | 400 | scopes
            POST /v1/accounts/{account_id}/test-clock/advance | to  | "2000-01-01T00:00:00Z" | 422 | test_clock_ahead
            POST /v1/accounts/{account_id}/test-clock/advance | to  | "2099-01-01T00:00:00Z" | 400 | to
            POST /v1/accounts/{account_id}/test-clock/advance | to  | "1999-01-01T00:00:00Z" | 400 | to
            PUT /v1/accounts/{account_id}              | test_clock | "2026-11-21T18:39:01Z" | 400 | test_clock
            POST /v1/renewals                          | as_of      | "2099-01-01T00:00:00Z" | 400 | as_of
            POST /v1/renewals                          | limit      | 0                      | 400 | limit
            PUT /v1/plans/{plan_id}                    | id         | "another"              | 400 | id
            PUT /v1/packs/{pack_id}                    | id         | "another"              | 400 | id
            PUT /v1/credit-price                       | effective_from | "2020-01-01T00:00:00Z" | 400 | effective_from
            PUT /v1/plans/{plan_id}                    | cap_ratio  | 1.0000001              | 400 | cap_ratio
            """)
    void whatIsOfTheRightTypeMayStillBeWrong(String name, String field, String value, int status, String said) {
        contract.endpoint(name);
        eachEndpoint((endpoint, good, schema) -> {
            if (endpoint.name().equals(name)) {
                Response answer = send(endpoint, with(good, field, value));
                problem(answer, name + " " + field + " " + value, status, said);
            }
        });
    }

    private interface ForEndpoint {
        void check(Endpoint endpoint, ObjectNode good, JsonNode schema);
    }

    private interface ForField {
        void check(Endpoint endpoint, ObjectNode good, String field, JsonNode schema);
    }

    /** With the object that its body is, or that is the one of many in it. */
    private void eachEndpoint(ForEndpoint check) {
        for (Endpoint endpoint : contract.endpoints()) {
            if (Example.of(endpoint).hasBody()) {
                JsonNode good = read(Example.of(endpoint).body(customer).replace('\'', '"'));
                JsonNode schema = contract.resolve(endpoint.requestSchema());
                check.check(endpoint, (ObjectNode) good, schema);
                if (isOfMany(endpoint)) {
                    JsonNode one = contract.resolve(schema.at("/properties/debits/items"));
                    check.check(endpoint, (ObjectNode) good.at("/debits/0"), one);
                }
            }
        }
    }

    private void eachField(ForField check) {
        eachEndpoint((endpoint, good, schema) -> schema.path("properties")
                .properties()
                .forEach(property -> check.check(endpoint, good, property.getKey(), property.getValue())));
    }

    private static boolean isOneOfMany(Endpoint endpoint, String body) {
        return isOfMany(endpoint) && !body.startsWith("{\"debits\"") && !body.equals("{}");
    }

    private static boolean isOfMany(Endpoint endpoint) {
        return Example.of(endpoint).about() == Example.About.ACCOUNTS_OF_ITEMS;
    }

    private void refused(Endpoint endpoint, String body, String field) {
        String what = endpoint.name() + " " + (body.length() > 300 ? body.substring(0, 300) + "…" : body);
        Response answer = send(endpoint, body);
        boolean ofMany = isOneOfMany(endpoint, body) && !field.equals("body");
        if (ofMany) {
            all.assertThat(answer.statusCode()).as(what).isEqualTo(200);
            all.assertThat(answer.asString()).as(what).contains("\"status\":400", "\"code\":\"invalid_request\"");
            all.assertThat(answer.jsonPath().<String>getList("results[0].problem.errors.field"))
                    .as(what)
                    .anyMatch(named -> named.startsWith(field));
        } else {
            problem(answer, what, 400, field);
        }
    }

    /** One of many is sent among them. */
    private Response send(Endpoint endpoint, String body) {
        String whole = isOneOfMany(endpoint, body) ? "{\"debits\": [" + body + "]}" : body;
        return Example.send(
                Example.ADMIN, endpoint.method(), Example.of(endpoint).path(customer), whole);
    }

    private void problem(Response answer, String what, int status, String said) {
        all.assertThat(answer.statusCode()).as(what).isEqualTo(status);
        all.assertThat(answer.contentType()).as(what).isEqualTo("application/problem+json");
        all.assertThat(answer.asString())
                .as(what)
                .doesNotContainPattern("java|Exception|mavster\\.credits|SELECT|INSERT");
        if (status == 400) {
            all.assertThat(answer.jsonPath().<String>getList("errors.field"))
                    .as(what)
                    .anyMatch(named -> named.startsWith(said));
        } else {
            all.assertThat(answer.<String>path("code")).as(what).isEqualTo(said);
        }
    }

    private static String without(ObjectNode good, String field) {
        ObjectNode body = good.deepCopy();
        body.remove(field);
        return body.toString();
    }

    /** The value is put in as text, for it may be no JSON at all. */
    private static String with(ObjectNode good, String field, String value) {
        return good.deepCopy().put(field, "@@").toString().replace("\"@@\"", value);
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
