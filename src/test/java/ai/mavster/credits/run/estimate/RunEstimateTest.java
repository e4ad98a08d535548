package ai.mavster.credits.run.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.body.Elements;
import ai.mavster.credits.http.body.JsonProblems;
import ai.mavster.credits.http.body.Listed;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values that are one of several things in JSON. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RunEstimateTest {

    @Inject
    Elements elements;

    @Inject
    ObjectMapper json;

    /** As a body has them. */
    record Body(
            @Nullable @Valid RunEstimate estimate, @Nullable RequestedHold hold) {}

    private Body read(String body) {
        try {
            return elements.open(new Listed<>(json.readValue(body.replace('\'', '"'), Body.class), null));
        } catch (JsonProcessingException e) {
            throw new ProblemException(JsonProblems.of(e));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                     | null
            {'estimate': null}                                     | null
            {'estimate': 0.000001}                                 | 0.000001
            {'estimate': 900719925.474099}                         | 900719925.474099
            {'estimate': 1e9}                                      | 1000000000
            {'estimate': [{'action': 'a'}]}                        | a
            {'estimate': [{'action': 'a', 'quantity': null}]}      | a
            {'estimate': [{'action': 'a', 'quantity': 1e8}]}       | a*1E+8
            {'estimate': [{'action': 'a', 'quantity': 0.000001}]}  | a*0.000001
            {'estimate': [{'action': 'a', 'quantity': 2.0000000}, {'action': '/b:c'}]} | a*2.0000000 /b:c
            """)
    void anEstimateIsANumberOrAList(String body, String expected) {
        RunEstimate wish = read(body).estimate;
        assertThat(wish == null ? "null" : text(wish)).isEqualTo(expected);
    }

    private static String text(RunEstimate wish) {
        return wish.credits() != null
                ? wish.credits().toString()
                : wish.items().stream()
                        .map(item -> item.action() + (item.quantity() == null ? "" : "*" + item.quantity()))
                        .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                | null
            {'hold': null}    | null
            {'hold': true}    | true null
            {'hold': false}   | false null
            {'hold': 1.5}     | true 1.5
            {'hold': 1e9}     | true 1000000000
            """)
    void aHoldIsWantedOrNotOrANumber(String body, String expected) {
        RequestedHold wish = read(body).hold;
        assertThat(wish == null ? "null" : wish.wanted() + " " + wish.credits()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'estimate': '40'}                                            | estimate             | must be a number or a list of items
            {'estimate': true}                                            | estimate             | must be a number or a list of items
            {'estimate': {}}                                              | estimate             | must be a number or a list of items
            {'estimate': 0}                                               | estimate             | AMOUNT
            {'estimate': -1}                                              | estimate             | AMOUNT
            {'estimate': 1000000000.000001}                               | estimate             | AMOUNT
            {'estimate': 0.0000001}                                       | estimate             | must have at most 6 decimals; the least is 0.000001
            {'estimate': 1e400}                                           | estimate             | is out of range
            {'estimate': []}                                              | estimate             | must have 1 to 1000 items
            {'estimate': [null]}                                          | estimate[0]          | must be an object
            {'estimate': [7]}                                             | estimate[0]          | must be an object
            {'estimate': [{}]}                                            | estimate[0].action   | must not be null
            {'estimate': [{'action': 'a'}, {'action': 'a b'}]}            | estimate[1].action   | FORM
            {'estimate': [{'action': 'a'}, {'action': 7}]}                | estimate[1].action   | must be a string
            {'estimate': [{'action': 'a', 'quantity': 0}]}                | estimate[0].quantity | must be greater than 0
            {'estimate': [{'action': 'a', 'quantity': -1}]}               | estimate[0].quantity | must be greater than 0
            {'estimate': [{'action': 'a', 'quantity': 1e9}]}              | estimate[0].quantity | DIGITS
            {'estimate': [{'action': 'a', 'quantity': 1e999999999}]}      | estimate[0].quantity | DIGITS
            {'estimate': [{'action': 'a', 'quantity': 1.2345678}]}        | estimate[0].quantity | must have at most 6 decimals; round to six decimals: 1.234568
            {'estimate': [{'action': 'a', 'quantity': '1'}]}              | estimate[0].quantity | must be a number
            {'estimate': [{'action': 'a', 'credits': 1}]}                 | estimate[0].credits  | is not a known field
            {'hold': 'true'}                                              | hold                 | must be true, false or a number
            {'hold': []}                                                  | hold                 | must be true, false or a number
            {'hold': {}}                                                  | hold                 | must be true, false or a number
            {'hold': 0}                                                   | hold                 | AMOUNT
            {'hold': -1}                                                  | hold                 | AMOUNT
            {'hold': 1000000000.000001}                                   | hold                 | AMOUNT
            {'hold': 2.0000001}                                           | hold                 | must have at most 6 decimals; round to six decimals: 2
            """)
    void anythingElseIsAnErrorThatNamesIt(String body, String field, String message) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().status()).isEqualTo(400);
            assertThat(e.problem().errors()).singleElement().satisfies(error -> {
                assertThat(error.field()).isEqualTo(field);
                assertThat(error.message())
                        .isEqualTo(message.replace("AMOUNT", "must be greater than 0 and at most 1000000000")
                                .replace("FORM", "must match \"" + Identifier.PATTERN + "\"")
                                .replace("DIGITS", "must have at most 9 digits before the point"));
            });
        });
    }

    @Test
    void aListHasAnEnd() {
        String items = "{'action': 'a'}, ".repeat(999);
        assertThat(read("{'estimate': [" + items + "{'action': 'b'}]}").estimate.items())
                .hasSize(1000);
        assertThatThrownBy(() -> read("{'estimate': [" + items + "{'action': 'a'}, {'action': 'b'}]}"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("1 to 1000");
    }
}
