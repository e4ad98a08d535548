package ai.mavster.credits.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.Problem;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.validation.constraints.Size;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much is read of lists. What is expected to be refused unread is followed by what is no JSON. */
class ListedTest {

    private final ObjectMapper mapper = new ObjectMapper();

    ListedTest() {
        new StrictJson().customize(mapper);
    }

    record Step(@Nullable Credits credits, @Nullable Integer count) {}

    record Body(
            @Size(min = 1, max = 3) @Nullable List<Step> steps,
            @Nullable List<String> names,
            @Size(max = 3) @Nullable List<Listed<Step>> listed,
            @Nullable List<List<Integer>> squares,
            @Nullable Map<String, Object> anything) {}

    private Body read(String json) throws JsonProcessingException {
        return mapper.readValue(json.replace('\'', '"'), Body.class);
    }

    private Problem refusal(String json) {
        try {
            throw new AssertionError(read(json).toString());
        } catch (JacksonException refused) {
            return JsonProblems.of(refused);
        }
    }

    @Test
    void listsAreReadAsEver() throws JsonProcessingException {
        Body body = read("{'steps': [{'count': 1}, null], 'names': [], 'squares': [[1], [2, 3]]}");

        assertThat(body.steps).containsExactly(new Step(null, 1), null);
        assertThat(body.names).isEmpty();
        assertThat(body.squares).containsExactly(List.of(1), List.of(2, 3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'steps': {}}                             | steps          | must be a list
            {'steps': ''}                             | steps          | must be a list
            {'steps': [1]}                            | steps[0]       | must be an object
            {'steps': [{}, {'count': 'x'}]}           | steps[1].count | must be a whole number
            {'steps': [{}, {'other': 1}]}             | steps[1].other | is not a known field
            {'names': ['a', 1]}                       | names[1]       | must be a string
            {'squares': [[1], [2, true]]}             | squares[1][1]  | must be a whole number
            {'steps': [{}, {}, {}, {} no json         | steps          | size must be between 1 and 3
            {'listed': [{}, {}, {}, {} no json        | listed         | size must be between 0 and 3
            """)
    void whatIsWrongIsNamed(String json, String field, String message) {
        assertThat(refusal(json).errors()).containsExactly(new Problem.InvalidField(field, message));
    }

    @Test
    void aListThatSaysNothingHasAThousand() throws JsonProcessingException {
        String thousand = String.join(",", Collections.nCopies(1_000, "'a'"));

        assertThat(read("{'names': [" + thousand + "]}").names).hasSize(1_000);
        assertThat(refusal("{'names': [" + thousand + ", 'a' no json").errors())
                .containsExactly(new Problem.InvalidField("names", "must have at most 1000 elements"));
    }

    @Test
    void elementsThatStandForThemselvesHoldTheirProblem() throws JsonProcessingException {
        List<Listed<Step>> listed = read("{'listed': [{'credits': 0.000001}, {'count': 'x'}, null]}").listed;

        assertThat(listed).hasSize(3);
        assertThat(listed.get(0)).isEqualTo(new Listed<>(new Step(Credits.parse("0.000001"), null), null));
        assertThat(listed.get(1).value()).isNull();
        assertThat(listed.get(1).problem().errors())
                .containsExactly(new Problem.InvalidField("count", "must be a whole number"));
        assertThat(listed.get(2)).isEqualTo(new Listed<>(null, null));
    }

    @Test
    void anElementIsNotReadBeyondItsBound() {
        String many = String.join(",", Collections.nCopies(2_000, "{}"));

        assertThat(refusal("{'listed': [{'other': [" + many + " no json").errors())
                .containsExactly(new Problem.InvalidField("listed[0]", "must have at most 1000 values"));
    }

    @Test
    void aBodyIsNotReadBeyondAllItsBounds() {
        String many =
                IntStream.range(0, 130_000).mapToObj(i -> "'" + i + "': 1").collect(Collectors.joining(","));

        assertThatThrownBy(() -> read("{'anything': {" + many + " no json")).hasMessageContaining("250000");
        assertThat(refusal("{'names': ['" + "a".repeat(10_001) + "']}").detail())
                .contains("too long");
        assertThat(refusal("{'" + "a".repeat(1_001) + "': 1}").detail()).contains("too long");
    }
}
