package ai.mavster.credits.run.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much is set aside where that is left open. */
class DefaultHoldTest {

    /** Runs are written {@code estimated>cost}, {@code -} for no estimate. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # estimate    | of the test                          | of the project            | of the account            | hold
            # nothing is known
            none          | ''                                   | ''                        | ''                        | none
            10            | ''                                   | ''                        | ''                        | 10
            5..20         | ''                                   | ''                        | ''                        | 20
            # four runs are no history, five are
            10            | 1>2 1>2 1>2 1>2                      | ''                        | ''                        | 10
            10            | 1>2 1>2 1>2 1>2 1>2                  | ''                        | ''                        | 20
            5..20         | 1>2 1>2 1>2 1>2 1>2                  | ''                        | ''                        | 25
            none          | ->3 ->3 ->3 ->3                      | ''                        | ''                        | none
            none          | ->3 ->3 ->3 ->3 ->3                  | ''                        | ''                        | 3
            # the test before the project before the account
            10            | 1>2 1>2 1>2 1>2 1>2                  | 1>3 1>3 1>3 1>3 1>3       | 1>4 1>4 1>4 1>4 1>4       | 20
            10            | 1>2 1>2 1>2 1>2                      | 1>3 1>3 1>3 1>3 1>3       | 1>4 1>4 1>4 1>4 1>4       | 30
            10            | 1>2 1>2 1>2 1>2                      | 1>3 1>3 1>3 1>3           | 1>4 1>4 1>4 1>4 1>4       | 40
            10            | 1>2 1>2 1>2 1>2                      | 1>3 1>3 1>3 1>3           | 1>4 1>4 1>4 1>4           | 10
            none          | ->2 ->2 ->2 ->2                      | 1>3 1>3 1>3 1>3 1>3       | ->4 ->4 ->4 ->4 ->4       | 3
            # only runs with an estimate tell how far estimates are off
            10            | 1>2 1>2 1>2 1>2 ->9                  | ''                        | ''                        | 10
            10            | 1>2 1>2 1>2 1>2 0>9                  | ''                        | ''                        | 10
            none          | 1>2 1>2 1>2 1>2 0>9                  | ''                        | ''                        | 9
            # nearest rank: the fifth of five, the ninth of ten, the tenth of eleven
            10            | 1>1 1>2 1>5 1>3 1>4                  | ''                        | ''                        | 50
            10            | 1>1 1>2 1>3 1>4 1>5 1>6 1>7 1>8 1>9 1>99       | ''              | ''                        | 90
            10            | 1>1 1>2 1>3 1>4 1>5 1>6 1>7 1>8 1>9 1>10 1>99  | ''              | ''                        | 100
            # the greatest ratio is not the greatest cost
            10            | 100>50 100>50 100>50 100>50 1>2      | ''                        | ''                        | 20
            # exact, and rounded up
            10            | 3>1 3>1 3>1 3>1 3>1                  | ''                        | ''                        | 3.333334
            # what the history of this very run says is not corrected once more
            history 5..20 | 1>2 1>2 1>2 1>2 1>2                  | ''                        | ''                        | 20
            # never nothing, and never more than one command may move
            10            | 1>0 1>0 1>0 1>0 1>0                  | ''                        | ''                        | 0.000001
            0             | ''                                   | ''                        | ''                        | 0.000001
            none          | ->0 ->0 ->0 ->0 ->0                  | ''                        | ''                        | 0.000001
            1000000000    | 0.000001>900000000 1>2 1>2 1>2 1>2   | ''                        | ''                        | 1000000000
            none          | ->9e9 ->9e9 ->9e9 ->9e9 ->9e9        | ''                        | ''                        | 1000000000
            """)
    void itWouldHaveBeenEnoughForNineOfTen(
            String estimate, String ofTest, String ofProject, String ofAccount, String hold) {
        Forecast forecast = estimate == null ? null : forecast(estimate);

        assertThat(DefaultHold.of(forecast, new PastRuns(runs(ofTest), runs(ofProject), runs(ofAccount)))
                        .map(Credits::toString)
                        .orElse(null))
                .isEqualTo(hold);
    }

    /** Expected is in the middle of a range. */
    private static Forecast forecast(String text) {
        if (!text.contains("..")) {
            return Forecast.given(Credits.parse(text));
        }
        boolean history = text.startsWith("history ");
        String[] bounds = text.replace("history ", "").split("\\.\\.", 2);
        Credits min = Credits.parse(bounds[0]);
        Credits max = Credits.parse(bounds[1]);
        Credits expected = new Credits((min.millionths() + max.millionths()) / 2);
        Forecast.Basis basis = history ? Forecast.Basis.HISTORY : Forecast.Basis.RATE_CARD;
        return new Forecast(min, expected, max, basis, history ? 5 : 0, List.of());
    }

    private static List<PastRuns.Past> runs(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(run -> !run.isEmpty())
                .map(run -> run.split(">", 2))
                .map(parts -> new PastRuns.Past(
                        parts[0].equals("-") ? null : Credits.parse(parts[0]), Credits.parse(parts[1])))
                .toList();
    }
}
