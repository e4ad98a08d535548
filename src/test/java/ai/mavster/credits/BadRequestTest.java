package ai.mavster.credits;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Example.Customer;
import ai.mavster.credits.ServedContract.Endpoint;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that are wrong around the fields of their bodies, to each endpoint: a problem says what, and nothing is
 * written.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BadRequestTest {

    /** What is sent in place of a good body, and the field that is named. */
    private static final Map<String, String> BODIES = Map.of(
            "",
            "body",
            "{",
            "body",
            "[]",
            "body",
            "[{}]",
            "body",
            "\"text\"",
            "body",
            "{} {}",
            "body",
            "{'unknown': 1}",
            "unknown",
            "{'x': 1, 'x': 2}",
            "x",
            "{'unknown': " + "[".repeat(10_000) + "}",
            "",
            "\u0000",
            "body");

    private static final List<String> CURSORS = List.of(
            "",
            "x",
            "%00",
            "a".repeat(2_000),
            cursor("n1x"),
            cursor("t"),
            cursor("t\0"),
            cursor("t+1000000000-12-31T23:59:59Z"),
            cursor("t-1000000000-01-01T00:00:00Z"),
            cursor("t+999999999-12-31T23:59:59-18:00"),
            cursor("t+1000000000-12-31T23:59:59Z a"),
            cursor("t+1000000000-12-31T23:59:59Z|a"),
            cursor("t+1000000000-12-31T23:59:59Z|a|b|c|d"),
            cursor("t-1000000000-01-01T00:00:00Z a"),
            cursor("t-1000000000-01-01T00:00:00Z|a"),
            cursor("t-1000000000-01-01T00:00:00Z|a|b|c|d"),
            cursor("n\u0661"),
            cursor("n+1"),
            cursor("n99999999999999999999"));

    private static final Map<String, List<String>> PARAMETERS = Map.ofEntries(
            Map.entry("limit", List.of("", "0", "-1", "1001", "1.5", "ten", "1e2", "99999999999", "5&limit=6", "%00")),
            Map.entry(
                    "from",
                    List.of("", "yesterday", "2026-11-21", "2026-11-21T18:39:00", "%00", "0000-01-01T00:00:00Z")),
            Map.entry(
                    "to",
                    List.of(
                            "",
                            "yesterday",
                            "2026-11-21",
                            "2026-11-21T18:39:00",
                            "%ff",
                            "9999-12-31T23:59:59-18:00",
                            "%2B999999999-12-31T23:59:59-18:00",
                            "-999999999-01-01T00:00:00%2B18:00")),
            Map.entry("at", List.of("", "now", "2026-11-21", "2026-11-21T18:39:00", "%00", "2026-02-30T00:00:00Z")),
            Map.entry("group_by", List.of("", "TEST", "month", "test,", "test&group_by=test")),
            Map.entry("time_zone", List.of("", "Nowhere/At_all", "%00", "UTC&time_zone=UTC")),
            Map.entry("sort", List.of("", "CREDITS", "name", "credits&sort=credits")),
            Map.entry("bucket", List.of("", "HOUR", "week", "day&bucket=day")),
            Map.entry("status", List.of("", "RUNNING", "done", "failed&status=failed")),
            Map.entry("order", List.of("", "ASC", "newest", "asc&order=asc")),
            Map.entry("after", List.of("", "-1", "1.5", "one", "9999999999", "%00", "1&after=2")),
            Map.entry(
                    "types",
                    List.of("", "TOP_UP.POSTED", "grant", "grant.posted,", "%00", "grant.posted&types=grant.posted")),
            Map.entry("q", List.of("", "%00", "a&q=b")),
            Map.entry("plan", List.of("", "a%20b", "%00", "a".repeat(129))),
            Map.entry("type", List.of("", "%00", "a&type=b")),
            Map.entry("active", List.of("", "TRUE", "1", "true&active=true")),
            Map.entry("blocked", List.of("", "TRUE", "1", "true&blocked=true")),
            Map.entry("due", List.of("", "TRUE", "1", "true&due=true")),
            Map.entry("balance_min", List.of("", "-1", "1e400", "0.1234567", "9".repeat(90), "one", "1&balance_min=1")),
            Map.entry("balance_max", List.of("", "-1", "1e400", "0.1234567", "9".repeat(90), "one", "1&balance_max=1")),
            Map.entry("account_id", List.of("", "a%20b", "%00", "a".repeat(129), "a&account_id=b")),
            Map.entry("parent_run_id", List.of("", "a%20b", "%00", "a".repeat(129))),
            Map.entry("wait", List.of("", "30", "PT61S", "-PT1S", "1H", "%00", "PT1S&wait=PT1S")),
            Map.entry("for", List.of("", "40", "credits:0", "credits:1e3", "%00", "credits:1&for=credits:1")),
            Map.entry("history", List.of("", "TRUE", "1", "yes", "true&history=true")),
            Map.entry("balance", List.of("", "KEEP", "all", "keep&balance=void")),
            Map.entry("kind", List.of("", "DEBIT", "loan", "debit&kind=debit")),
            Map.entry("scope", List.of("", "nobody", "project,nobody", "%00", "project&scope=account")),
            Map.entry("run_id", List.of("", "a%20b", "%00", "a".repeat(129), "k%C3%B6", "a&run_id=b")),
            Map.entry("project_id", List.of("", "a%20b", "%00", "a".repeat(129))),
            Map.entry("workspace_id", List.of("", "a%20b", "%00", "a".repeat(129))),
            Map.entry("test_id", List.of("", "a%20b", "%00", "a".repeat(129))),
            Map.entry("action", List.of("", "a%20b", "%00", "a".repeat(129))));

    @Inject
    AgroalDataSource database;

    @TestHTTPResource
    URI server;

    private final SoftAssertions all = new SoftAssertions();
    private ServedContract contract;
    private Customer customer;
    private Map<String, String> before;

    /** With a slash in its id, so that each endpoint is seen to take one. */
    @BeforeEach
    void makeACustomer() {
        contract = ServedContract.read();
        customer = Customer.create("bad/" + UUID.randomUUID());
        before = Rows.digests(database);
    }

    @AfterEach
    void nothingWasWritten() {
        all.assertThat(Rows.digests(database)).isEqualTo(before);
        all.assertAll();
    }

    @Test
    void aBodyIsOneKnownObject() {
        for (Endpoint endpoint : contract.endpoints()) {
            BODIES.forEach((body, field) -> {
                boolean optional = body.isEmpty() && endpoint.path().equals("/v1/renewals");
                if (Example.of(endpoint).hasBody() && !optional) {
                    Response answer = Example.request(Example.ADMIN)
                            .header("Idempotency-Key", UUID.randomUUID().toString())
                            .contentType("application/json")
                            .body(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                            .request(endpoint.method(), path(endpoint));
                    String what = endpoint.name() + " " + body.substring(0, Math.min(40, body.length()));
                    invalid(answer, what, field);
                }
            });
        }
    }

    /** Announced, but never sent. */
    @Test
    void tooMuchIsNotRead() {
        String length = "Content-Type: application/json\r\nContent-Length: 10485760\r\n";
        for (Endpoint endpoint : contract.endpoints()) {
            if (Example.of(endpoint).hasBody()) {
                all.assertThat(raw(endpoint.method(), path(endpoint), length, ""))
                        .as(endpoint.name())
                        .startsWith("HTTP/1.1 413 ")
                        .contains("\"code\":\"payload_too_large\"");
            }
        }
    }

    @Test
    void otherMediaTypesAreNotUnderstood() {
        for (Endpoint endpoint : contract.endpoints()) {
            String body = Example.of(endpoint).body(customer).replace('\'', '"');
            if (Example.of(endpoint).hasBody()) {
                for (String type : List.of("text/plain", "application/xml", "application/octet-stream")) {
                    Response answer = Example.request(Example.ADMIN)
                            .header("Idempotency-Key", UUID.randomUUID().toString())
                            .contentType(type)
                            .body(body.getBytes(StandardCharsets.UTF_8))
                            .request(endpoint.method(), path(endpoint));
                    problem(answer, endpoint.name() + " " + type, 415, "unsupported_media_type");
                }
            }
            Response answer = Example.request(Example.ADMIN)
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .contentType("application/json")
                    .accept("application/xml")
                    .body(body.getBytes(StandardCharsets.UTF_8))
                    .request(endpoint.method(), path(endpoint));
            problem(answer, endpoint.name() + " accepting XML", 406, "not_acceptable");
        }
    }

    @Test
    void theIdempotencyKeyIsOneOfItsForm() {
        Map<String, String> headers = Map.of(
                "",
                "idempotency_key_required",
                "Idempotency-Key: a\r\nIdempotency-Key: b\r\n",
                "must be sent once",
                "Idempotency-Key: \r\n",
                "Idempotency-Key",
                "Idempotency-Key: " + "k".repeat(256) + "\r\n",
                "must be 1 to 255",
                "Idempotency-Key: a b\r\n",
                "must be 1 to 255",
                "Idempotency-Key: k\u00f6\r\n",
                "must be 1 to 255");
        for (String name : IdempotencyKeyTest.KEYED) {
            Endpoint endpoint = contract.endpoint(name);
            String body = Example.of(endpoint).body(customer).replace('\'', '"');
            headers.forEach((header, said) -> all.assertThat(raw(endpoint.method(), path(endpoint), header, body))
                    .as(name + " " + header)
                    .startsWith("HTTP/1.1 400 ")
                    .contains(said));
        }
    }

    /** A filter with a typing error would return everything. */
    @Test
    void aParameterThatIsNotKnownIsRefused() {
        for (Endpoint endpoint : contract.endpoints()) {
            Response answer = Example.send(
                    Example.ADMIN,
                    endpoint.method(),
                    path(endpoint) + "?limits=5",
                    Example.of(endpoint).body(customer));
            invalid(answer, endpoint.name(), "limits");
        }
    }

    @Test
    void listsCheckWhatTheyAreAskedFor() {
        for (Endpoint endpoint : contract.endpoints()) {
            for (String parameter : endpoint.parameters("query")) {
                List<String> values = parameter.equals("cursor") ? CURSORS : PARAMETERS.get(parameter);
                all.assertThat(values).as("Give bad values for " + parameter).isNotNull();
                for (String value : values == null ? List.<String>of() : values) {
                    boolean anyText = value.equals(cursor("t"))
                            || value.startsWith(cursor("t+").substring(0, 2));
                    if (!(anyText && List.of("/v1/plans", "/v1/packs").contains(endpoint.path()))) {
                        Response answer = Example.send(
                                Example.ADMIN,
                                endpoint.method(),
                                path(endpoint) + "?" + parameter + "=" + value,
                                Example.of(endpoint).body(customer));
                        invalid(answer, endpoint.name() + " " + parameter + "=" + value, parameter);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "a%00b", "%20", "k%C3%B6", "%FF", "a%0Ab", "a%25b", "%F0%9F%98%80"})
    void anIdInAnAddressIsOfItsForm(String id) {
        for (Endpoint endpoint : contract.endpoints()) {
            for (String parameter : List.of("account_id", "plan_id", "pack_id", "run_id", "scope", "scope_id")) {
                if (endpoint.path().contains("{" + parameter + "}")) {
                    String path = endpoint.path()
                            .replace("{" + parameter + "}", id)
                            .replace("{account_id}", customer.accountId().replace("/", "%2F"))
                            .replace("{run_id}", customer.runId())
                            .replace("{debit_id}", customer.debitId())
                            .replace("{posting_id}", customer.debitId())
                            .replace("{grant_id}", customer.grantId())
                            .replace("{checkout_id}", "checkout_" + UUID.randomUUID())
                            .replace("{session_id}", "session_" + UUID.randomUUID())
                            .replace("{scope}", "project")
                            .replace("{scope_id}", "p");
                    Response answer = Example.send(
                            Example.ADMIN,
                            endpoint.method(),
                            path,
                            Example.of(endpoint).body(customer));
                    invalid(answer, endpoint.name() + " " + id, parameter);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST /v1/accounts/{a}/debits/%s/reversals, debit_not_found",
        "GET /v1/accounts/{a}/postings/%s, posting_not_found",
        "POST /v1/accounts/{a}/grants/%s/void, grant_not_found",
        "DELETE /v1/api-keys/%s, not_found"
    })
    void anIdOfOursThatIsNoneIsNotFound(String request, String code) {
        for (String id : List.of(
                "%00",
                "x",
                "debit_",
                "key_",
                "debit_" + UUID.randomUUID(),
                "grant_" + UUID.randomUUID(),
                "key_" + UUID.randomUUID(),
                "%FF",
                "a%2Fb")) {
            String path = request.split(" ", -1)[1]
                    .replace("{a}", customer.accountId().replace("/", "%2F"))
                    .replace("%s", id);
            Response answer = Example.send(
                    Example.ADMIN,
                    request.split(" ", -1)[0],
                    path,
                    request.startsWith("POST") ? "{'reason': 'R'}" : "");
            problem(answer, path, 404, code);
        }
    }

    /**
     * The server refuses these before anything of ours is asked, and says nothing more; there is no place to put a
     * problem.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/plans/%zz", "/v1/accounts/%zz/balance", "/v1/accounts/a%2", "/%", "/v1/plans?limit=%zz"})
    void anAddressIsPercentEncoded(String path) {
        assertThat(raw("GET", path, "", "")).startsWith("HTTP/1.1 400 ").contains("content-length: 0");
    }

    /** What follows a semicolon would be dropped, and the account be another. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/accounts/a;b", "/v1/accounts/a;b/balance", "/v1/plans;x=1"})
    void aPathHasNoSemicolon(String path) {
        invalid(Example.request(Example.ADMIN).get(path), path, "path");
    }

    /** A cron job's {@code curl -X POST}. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Length: 0\r\n", "Content-Type: application/json\r\nContent-Length: 0\r\n"})
    void renewalsNeedNoBody(String headers) {
        assertThat(raw("POST", "/v1/renewals", headers, "")).startsWith("HTTP/1.1 200 ");
        assertThat(raw("POST", "/v1/renewals", "", "{}")).startsWith("HTTP/1.1 200 ");
    }

    private String path(Endpoint endpoint) {
        // Not that of a new key, or of a new endpoint that may be deleted, which would be written.
        if (endpoint.name().equals("DELETE /v1/webhook-endpoints/{endpoint_id}")) {
            return "/v1/webhook-endpoints/endpoint_" + UUID.randomUUID();
        }
        // Nor that of a new event of a payment provider.
        if (endpoint.path().contains("{payment_event_id}")) {
            return endpoint.path().replace("{payment_event_id}", "no-such-event");
        }
        return endpoint.path().contains("{key_id}")
                ? "/v1/api-keys/key_" + UUID.randomUUID()
                : Example.of(endpoint).path(customer);
    }

    private void invalid(Response answer, String what, String field) {
        problem(answer, what, 400, "invalid_request");
        all.assertThat(answer.jsonPath().<String>getList("errors.field"))
                .as(what)
                .anyMatch(named -> named.startsWith(field));
    }

    private void problem(Response answer, String what, int status, String code) {
        all.assertThat(answer.statusCode()).as(what).isEqualTo(status);
        all.assertThat(answer.contentType()).as(what).isEqualTo("application/problem+json");
        all.assertThat(answer.asString())
                .as(what)
                .contains("\"code\":\"" + code + "\"")
                .doesNotContainPattern("java|Exception|SELECT");
    }

    private static String cursor(String content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    /** By hand: a client library would put right, or refuse to send, what is wrong here. */
    private String raw(String method, String path, String headers, String body) {
        String content =
                body.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((method + " " + path
                                    + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAuthorization: Bearer "
                                    + Example.ADMIN + "\r\n" + headers + content + "\r\n" + body)
                            .getBytes(ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("}") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    break;
                }
                answer.append((char) next);
            }
            return answer.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
