package ai.mavster.credits.pricing;

import static ai.mavster.credits.pricing.RateCardCalls.get;
import static ai.mavster.credits.pricing.RateCardCalls.history;
import static ai.mavster.credits.pricing.RateCardCalls.now;
import static ai.mavster.credits.pricing.RateCardCalls.put;
import static ai.mavster.credits.pricing.RateCardCalls.rate;
import static ai.mavster.credits.pricing.RateCardCalls.startingAt;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rate may be, and what is said of one that may not. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RateCardInputTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    @Inject
    MovableClock clock;

    /** An action of its own for each story: versions stay. */
    private final String action = "story-" + UUID.randomUUID();

    @BeforeEach
    void stopTheClock() {
        clock.stopAt(START);
    }

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void whatWasPutIsReadBack() {
        Reply put = put("{'action': '" + action
                + "', 'unit': 'changed screen', 'credits': {'min': 0.5, 'max': 2}, 'note': 'As agreed'}");

        assertThat(put.is(200).at("rates/0"))
                .isEqualTo(get(action, "").at("data/0"))
                .isEqualTo("""
                        {"action":"%s","unit":"changed screen","credits":{"min":0.5,"max":2},\
                        "effective_from":"2030-01-01T00:00:00Z","card":null,"note":"As agreed",\
                        "created_at":"2030-01-01T00:00:00Z","author":{"type":"api_key","id":"first admin key","name":"first admin key"},"reason":null}""".formatted(action));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # sent                                     | told
            12.5                                       | 12.5
            0                                          | 0
            0.000001                                   | 0.000001
            1000000000                                 | 1000000000
            999999999.999999                           | 999999999.999999
            1E+2                                       | 100
            -0.0                                       | 0
            {'min': 10, 'max': 50}                     | {"min":10,"max":50}
            {'max': 0.000001, 'min': 0}                | {"min":0,"max":0.000001}
            {'min': 999999999.999999, 'max': 1e9}      | {"min":999999999.999999,"max":1000000000}
            {'min': 5, 'max': 5.000000}                | 5
            """)
    void aPriceIsKeptExactly(String sent, String told) {
        assertThat(put(rate(action, sent)).is(200).at("rates/0/credits")).isEqualTo(told);
        assertThat(now(action)).isEqualTo(told);
        assertThat(put(rate(action, sent)).is(200).at("rates/0/credits")).isEqualTo(told);
        assertThat(history(action)).hasSize(1);
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # a rate                                                  | field                    | message
            {'unit': 'u', 'credits': 1}                               | rates[1].action          | must not be null
            {'action': 'a b', 'unit': 'u', 'credits': 1}              | rates[1].action          | FORM
            {'action': 'a', 'credits': 1}                             | rates[1].unit            | must not be null
            {'action': 'a', 'unit': '', 'credits': 1}                 | rates[1].unit            | must be 1 to 50 characters, none of them a control character
            {'action': 'a', 'unit': '123456789012345678901234567890123456789012345678901', 'credits': 1} | rates[1].unit | must be 1 to 50 characters, none of them a control character
            {'action': 'a', 'unit': 'a\\u0000b', 'credits': 1}        | rates[1].unit            | must be 1 to 50 characters, none of them a control character
            {'action': 'a', 'unit': 1, 'credits': 1}                  | rates[1].unit            | must be a string
            {'action': 'a', 'unit': 'u', 'credits': 1, 'note': ''}    | rates[1].note            | must be 1 to 500 characters, none of them a control character
            {'action': 'a', 'unit': 'u'}                              | rates[1].credits         | must be given; null withdraws the action
            {'action': 'a', 'unit': 'u', 'credits': '1'}              | rates[1].credits         | must be a number, an object with min and max, or null
            {'action': 'a', 'unit': 'u', 'credits': ''}               | rates[1].credits         | must be a number, an object with min and max, or null
            {'action': 'a', 'unit': 'u', 'credits': true}             | rates[1].credits         | must be a number, an object with min and max, or null
            {'action': 'a', 'unit': 'u', 'credits': [1, 2]}           | rates[1].credits         | must be a number, an object with min and max, or null
            {'action': 'a', 'unit': 'u', 'credits': -0.000001}        | rates[1].credits         | must be 0 to 1000000000
            {'action': 'a', 'unit': 'u', 'credits': 1000000000.000001} | rates[1].credits        | must be 0 to 1000000000
            {'action': 'a', 'unit': 'u', 'credits': 1e400}            | rates[1].credits         | is out of range
            {'action': 'a', 'unit': 'u', 'credits': 0.0000001}        | rates[1].credits         | must have at most 6 decimals; the least is 0.000001
            {'action': 'a', 'unit': 'u', 'credits': {}}               | rates[1].credits.min     | must not be null
            {'action': 'a', 'unit': 'u', 'credits': {'min': 1}}       | rates[1].credits.max     | must not be null
            {'action': 'a', 'unit': 'u', 'credits': {'min': null, 'max': 1}} | rates[1].credits.min | must not be null
            {'action': 'a', 'unit': 'u', 'credits': {'min': 1, 'max': '2'}} | rates[1].credits.max | must be a number
            {'action': 'a', 'unit': 'u', 'credits': {'min': -1, 'max': 1}} | rates[1].credits.min | must be 0 to 1000000000
            {'action': 'a', 'unit': 'u', 'credits': {'min': 1, 'max': 1000000001}} | rates[1].credits.max | must be 0 to 1000000000
            {'action': 'a', 'unit': 'u', 'credits': {'min': 1, 'max': 2.0000001}} | rates[1].credits.max | must have at most 6 decimals; round to six decimals: 2
            {'action': 'a', 'unit': 'u', 'credits': {'min': 2, 'max': 1.999999}} | rates[1].credits.max | must be at least min
            {'action': 'a', 'unit': 'u', 'credits': {'min': 1, 'max': 2, 'mid': 1}} | rates[1].credits.mid | is not a known field
            {'action': 'a', 'unit': 'u', 'credits': {'min': 1, 'min': 1, 'max': 2}} | rates[1].credits.min | is given more than once
            {'action': 'a', 'unit': 'u', 'credits': 1, 'card': 'c'}   | rates[1].card            | is not a known field
            {'action': 'a', 'unit': 'u', 'credits': 1, 'effective_from': '2030-01-01'} | rates[1].effective_from | must be an instant such as 2026-11-21T18:39:00Z, from the year 1 to 9999
            {'action': 'a', 'unit': 'u', 'credits': 1, 'effective_from': '2029-12-31T23:59:59.999999Z'} | rates[1].effective_from | must not be in the past: what was debited there was priced already
            null                                                      | rates[1]                 | must not be null
            1                                                         | rates[1]                 | must be an object
            """)
    void whatIsWrongIsNamedAndNothingIsPut(String wrong, String field, String message) {
        Reply refused = put(rate(action, "1"), wrong.replace("\"", "'")).is(400, "invalid_request");

        assertThat(refused.rows("errors", "field", "message"))
                .containsExactly(field + " " + message.replace("FORM", "must match \"" + Identifier.PATTERN + "\""));
        assertThat(history(action)).isEmpty();
    }

    @Test
    void onePutHasOneToAThousandRates() {
        put().is(400, "invalid_request");
        String[] thousand = IntStream.range(0, 1000)
                .mapToObj(i ->
                        rate(action, "" + i, startingAt(START.plusSeconds(i).toString())))
                .toArray(String[]::new);
        String[] more = Arrays.copyOf(thousand, 1001);
        more[1000] = rate(action + "-more", "1");

        assertThat(put(more).is(400).at("errors/0/field")).isEqualTo("rates");
        assertThat(put(thousand).is(200).rows("rates", "credits")).hasSize(1000).endsWith("999");
        assertThat(get(action, "&history=true&limit=1000").rows("data", "credits"))
                .hasSize(1000)
                .startsWith("999");
    }
}
