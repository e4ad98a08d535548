package ai.mavster.credits.http.body;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body may be, and how one that is wrong is answered. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class StrictJsonTest {

    private static final String AMOUNT = "must be greater than 0 and at most 1000000000";
    private static final String FORM = "must match \"" + Identifier.PATTERN + "\"";
    private static final String TEXT = "must be 1 to 5 characters, none of them a control character";
    private static final String INSTANT = "must be an instant such as 2026-11-21T18:39:00Z, from the year 1 to 9999";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"credits": 0.1234567}                       | credits           | must have at most 6 decimals; round to six decimals: 0.123457
            {"credits": 1.0000005}                       | credits           | must have at most 6 decimals; round to six decimals: 1.000001
            {"credits": 12.99999999999}                  | credits           | must have at most 6 decimals; round to six decimals: 13
            {"credits": 1e-7}                            | credits           | must have at most 6 decimals; the least is 0.000001
            {"credits": 1e-400}                          | credits           | must have at most 6 decimals; the least is 0.000001
            {"credits": 1e-999999999}                    | credits           | must have at most 6 decimals; the least is 0.000001
            {"credits": 99999999999999.0000001}          | credits           | is out of range
            {"credits": 1e400}                           | credits           | is out of range
            {"credits": 1e99999999999}                   | credits           | is out of range
            {"credits": 9223372036854.775808}            | credits           | is out of range
            {"credits": 1000000000.000001}               | credits           | AMOUNT
            {"credits": 0}                               | credits           | AMOUNT
            {"credits": -1}                              | credits           | AMOUNT
            {"credits": "1"}                             | credits           | must be a number
            {"credits": true}                            | credits           | must be a number
            {"credits": {}}                              | credits           | must be a number
            {"count": 1.5}                               | count             | must be a whole number
            {"count": 1.0}                               | count             | must be a whole number
            {"count": "1"}                               | count             | must be a whole number
            {"count": ""}                                | count             | must be a whole number
            {"count": true}                              | count             | must be a whole number
            {"count": 99999999999}                       | count             | is out of range
            {"quantity": "1"}                            | quantity          | must be a number
            {"quantity": 1.2345678}                      | quantity          | must have at most 6 decimals; round to six decimals: 1.234568
            {"quantity": -0.1234561}                     | quantity          | must have at most 6 decimals; round to six decimals: -0.123456
            {"quantity": 1e-9}                           | quantity          | must have at most 6 decimals; the least is 0.000001
            {"quantity": 1e9}                            | quantity          | must have at most 9 digits before the point
            {"quantity": ""}                             | quantity          | must be a number
            {"note": 1}                                  | note              | must be a string
            {"note": 1.5}                                | note              | must be a string
            {"note": true}                               | note              | must be a string
            {"note": {"a": 1}}                           | note              | must be a string
            {"note": ["a"]}                              | note              | must be a string
            {"note": ""}                                 | note              | TEXT
            {"note": "123456"}                           | note              | TEXT
            {"note": "a\\u0000"}                         | note              | TEXT
            {"note": "\\ud800"}                          | note              | TEXT
            {"note": "\\udc00\\ud800"}                   | note              | TEXT
            {"run_id": "a b"}                            | run_id            | FORM
            {"enabled": "true"}                          | enabled           | must be true or false
            {"enabled": 1}                               | enabled           | must be true or false
            {"colour": "RED"}                            | colour            | must be one of red, dark_blue
            {"colour": "pink"}                           | colour            | must be one of red, dark_blue
            {"colour": ""}                               | colour            | must be one of red, dark_blue
            {"colour": 1}                                | colour            | must be one of red, dark_blue
            {"colours": ["red", "pink"]}                 | colours[1]        | must be one of red, dark_blue
            {"at": 1}                                    | at                | INSTANT
            {"at": ""}                                   | at                | INSTANT
            {"at": "2026-11-21"}                         | at                | INSTANT
            {"at": "2026-11-21T18:39:00"}                | at                | INSTANT
            {"at": "+12026-11-21T18:39:00Z"}             | at                | INSTANT
            {"at": "+999999999-12-31T23:59:59-18:00"}    | at                | INSTANT
            {"within": 3}                                | within            | must be a duration such as PT1H30M
            {"within": "1h"}                             | within            | must be a duration such as PT1H30M
            {"name": "123456"}                           | name              | TEXT
            {"usage_limit": "1"}                         | usage_limit       | must be a number
            {"debits": {}}                               | debits            | must be a list
            {"debits": ""}                               | debits            | must be a list
            {"debits": [null]}                           | debits[0]         | must not be null
            {"debits": [{}]}                             | debits[0].credits | must not be null
            {"debits": [{"credits": 1}, {"credits": 0}]} | debits[1].credits | AMOUNT
            {"debits": [{"credits": 1}, {"credits": ""}]} | debits[1].credits | must be a number
            {"debits": [1]}                              | debits[0]         | must be an object
            {"debits": [{"x": 1}]}                       | debits[0].x       | is not a known field
            {"debits": [{"credits": 1, "credits": 2}]}   | debits[0].credits | is given more than once
            {"count": 1, "count": 1}                     | count             | is given more than once
            {"nope": 1}                                  | nope              | is not a known field
            {"runId": "a"}                               | runId             | is not a known field
            []                                           | body              | must be an object
            "a"                                          | body              | must be an object
            null                                         | body              | must not be null
            """)
    void whatIsWrongIsNamed(String body, String field, String message) {
        invalid(post(body))
                .body("errors.size()", equalTo(1))
                .body("errors[0].field", equalTo(field))
                .body(
                        "errors[0].message",
                        equalTo(message.replace("AMOUNT", AMOUNT)
                                .replace("TEXT", TEXT)
                                .replace("FORM", FORM)
                                .replace("INSTANT", INSTANT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"credits\": NaN}",
                "{\"credits\": 01}",
                "{\"credits\": +1}",
                "{\"credits\": .5}",
                "{\"debits\": [{\"credits\": ]}",
                "{'count': 1}",
                "{\"count\": 1,}",
                "{/* no */}",
                "\u0000"
            })
    void brokenJsonIsPlaced(String body) {
        invalid(post(body))
                .body("errors[0].field", equalTo("body"))
                .body("errors[0].message", startsWith("is not valid JSON (line 1, column "));
    }

    @Test
    void nothingMayFollow() {
        invalid(post("{} {}")).body("errors[0].message", startsWith("must be one JSON value with nothing after it"));
    }

    @Test
    void anEmptyBodyIsNone() {
        invalid(post("")).body("errors[0].field", equalTo("body"));
        invalid(given().contentType("application/json").post("/v1/echo").then())
                .body("errors[0].field", equalTo("body"));
    }

    @Test
    void aNumberThatIsTooLongIsNotReadOn() {
        invalid(post("{\"credits\": " + "1".repeat(101) + "}"))
                .body("errors[0].message", containsString("number that is too long"));
        invalid(post("{\"quantity\": 0." + "1".repeat(1_000_000) + "}"))
                .body("errors[0].message", containsString("number that is too long"));
    }

    @Test
    void whatIsTooDeepIsNotReadOn() {
        invalid(post("{\"nope\": " + "[".repeat(100_000)));
        invalid(post("[".repeat(100_000)));
        invalid(given().contentType("application/json")
                        .body("{\"any\": " + "[".repeat(51) + "]".repeat(51) + "}")
                        .post("/v1/echo/tree")
                        .then())
                .body("errors[0].message", containsString("nested too deeply"));
    }

    @Test
    void severalWrongFieldsAreAllNamed() {
        invalid(post("{\"credits\": 0, \"note\": \"\", \"debits\": [{}]}"))
                .body("errors.field", equalTo(java.util.List.of("credits", "debits[0].credits", "note")));
    }

    @Test
    void aLongNameIsNotSentBackInFull() {
        assertThat(invalid(post("{\"" + "n".repeat(10_000) + "\": 1}"))
                        .extract()
                        .asString())
                .hasSizeLessThan(1_000);
    }

    @Test
    void aRecordMayRefuseItself() {
        for (int count : new int[] {13, 14}) {
            given().contentType("application/json")
                    .body("{\"count\": " + count + "}")
                    .post("/v1/echo/strict")
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo("count"))
                    .body("errors[0].message", equalTo("must not be " + count));
        }
        given().contentType("application/json")
                .body("{\"count\": null}")
                .post("/v1/echo/strict")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("count"));
    }

    @ParameterizedTest
    @CsvSource({
        "999999999.999999, 999999999.999999",
        "0.000001, 0.000001",
        "4500.000000, 4500",
        "1E+3, 1000",
        "100, 100",
        "0.10, 0.1"
    })
    void anAmountIsCarriedExactly(String sent, String answered) {
        assertThat(post("{\"credits\": " + sent + "}").statusCode(200).extract().asString())
                .startsWith("{\"credits\":" + answered + ",\"note\":null,");
    }

    /** Millionths at a size where a double has none left. */
    @ParameterizedTest
    @ValueSource(strings = {"9007199254.740993", "9223372036854.775807"})
    void noAmountPassesThroughADouble(String amount) {
        assertThat(post("{\"usage_limit\": " + amount + "}")
                        .statusCode(200)
                        .extract()
                        .asString())
                .contains("\"usage_limit\":" + amount + ",");
    }

    @Test
    void aGoodBodyComesBack() {
        String body = """
                {"credits":0.5,"note":"a😀b","run_id":"r/1","count":3,"quantity":2.50,"enabled":false,\
                "colour":"dark_blue","at":"2026-11-21T18:39:00.123456Z","within":"PT1H","name":"n","usage_limit":0,\
                "colours":["red"],"debits":[{"credits":7}]}""";

        assertThat(post(body).statusCode(200).extract().asString()).isEqualTo(body);
    }

    @Test
    void anInstantIsReturnedInUtcToTheMicrosecond() {
        post("{\"at\": \"2026-11-21T18:39:00.123456789+01:00\"}")
                .statusCode(200)
                .body("at", equalTo("2026-11-21T17:39:00.123456Z"));
    }

    /** Java's own offsets end at 18 hours. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-21T18:39:00+23:59, 2026-11-20T18:40:00Z",
        "2026-11-21T18:39:00-23:59, 2026-11-22T18:38:00Z",
        "2026-11-21t18:39:00z, 2026-11-21T18:39:00Z",
        "2026-11-21T18:39:00-00:00, 2026-11-21T18:39:00Z"
    })
    void anOffsetIsAnyThatRfc3339Has(String sent, String read) {
        post("{\"at\": \"" + sent + "\"}").statusCode(200).body("at", equalTo(read));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                  | absent | absent
            {"name": null, "usage_limit": null} | null   | null
            {"name": "a", "usage_limit": 0.5}   | a      | 0.5
            """)
    void absentIsNotNull(String body, String name, String usageLimit) {
        given().contentType("application/json")
                .body(body)
                .post("/v1/echo/optional")
                .then()
                .statusCode(200)
                .body("name", equalTo(name))
                .body("usage_limit", equalTo(usageLimit));
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/v1/echo")
                .then();
    }

    private static ValidatableResponse invalid(ValidatableResponse response) {
        String text = response.statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body("title", equalTo("Invalid request"))
                .body("status", equalTo(400))
                .extract()
                .asString();
        assertThat(text).doesNotContain("java.").doesNotContain("fasterxml").doesNotContain("EchoResource");
        return response;
    }
}
