package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromQueryTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            max(ledger_proof_failed) > 0  ; ledger_proof_failed  ; []
            sum by (le, code) (rate(a_bucket{x="1", y!~"b|c"}[$__rate_interval]))  ; a_bucket  ; [le, code]
            histogram_quantile(0.99, sum by (le) (rate(a_bucket[5m])))  ; a_bucket  ; [le]
            sum(rate(a_total[5m])) by (code) / on (instance) group_left (job) b  ; a_total, b  ; [code, instance, job]
            absent(a >= 0) or a unless b offset 5m  ; a, a, b  ; []
            a{job=~"$job"} * 1e3 - 7 * 24 * 3600  ; a  ; []
            topk(5, sum without (instance) (a:b:rate5m)) and bool  ; a:b:rate5m  ; [instance]
            """)
    void itFindsWhatIsAskedFor(String query, String metrics, String groupedBy) {
        PromQuery parsed = PromQuery.parse(query);

        assertThat(String.join(
                        ", ",
                        parsed.selectors().stream()
                                .map(PromQuery.Selector::metric)
                                .toList()))
                .isEqualTo(metrics);
        assertThat(parsed.groupedBy()).hasToString(groupedBy);
    }

    @Test
    void itKnowsTheConditions() {
        PromQuery parsed = PromQuery.parse("a{x=\"1\",y!=\"2\", z=~\"3|4\"}");

        assertThat(parsed.selectors().get(0).conditions())
                .containsEntry("x", new PromQuery.Condition("=", "1"))
                .containsEntry("y", new PromQuery.Condition("!=", "2"))
                .containsEntry("z", new PromQuery.Condition("=~", "3|4"))
                .hasSize(3);
        assertThat(new PromQuery.Condition("=~", "3|4").admits("4")).isTrue();
        assertThat(new PromQuery.Condition("=~", "3|4").admits("34")).isFalse();
        assertThat(new PromQuery.Condition("!=", "2").admits("2")).isFalse();
    }

    @Test
    void whatItDoesNotKnowIsNoQuery() {
        assertThatThrownBy(() -> PromQuery.parse("a ? b")).isInstanceOf(IllegalArgumentException.class);
    }
}
