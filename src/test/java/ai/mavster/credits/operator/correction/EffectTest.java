package ai.mavster.credits.operator.correction;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown before a correction is posted. */
class EffectTest {

    @ParameterizedTest
    @CsvSource({
        "100, 0, 0, 50, 150, 150, 0",
        "100, 30, 0, 50, 150, 120, 0",
        "0, 0, 20, 50, 30, 30, 0",
        "0, 0, 70, 50, 0, 0, 20",
        "0, 0, 50, 50, 0, 0, 0",
        "100, 30, 0, -70, 30, 0, 0",
        "100, 0, 5, -0.000001, 99.999999, 99.999999, 5"
    })
    void itIsWhatTheLedgerWillDo(
            String balance, String held, String owed, String credits, String then, String available, String stillOwed) {
        Effect.Figures before = new Effect.Figures(Credits.parse(balance), Credits.parse(held), Credits.parse(owed));
        Credits change = Credits.parse(credits);

        Effect effect = change.isNegative() ? Effect.taking(before, change.negated()) : Effect.giving(before, change);

        assertThat(effect.before()).isEqualTo(before);
        assertThat(effect.after().balance()).isEqualTo(Credits.parse(then));
        assertThat(effect.after().available()).isEqualTo(Credits.parse(available));
        assertThat(effect.after().owed()).isEqualTo(Credits.parse(stillOwed));
    }
}
