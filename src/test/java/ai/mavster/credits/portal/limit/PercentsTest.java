package ai.mavster.credits.portal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.InvalidInput;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            emptyValue = "",
            value = {
                "en | 50, 75, 90    | 50 75 90",
                "en | 50,75,90      | 50 75 90",
                "en | 50;75 90%     | 50 75 90",
                "en | 62.5          | 62.5",
                "en | 50 %, 1000 %  | 50 1000",
                "de | 50, 75, 90    | 50 75 90",
                "de | 50,75,90      | 50 75 90",
                "de | 62,5; 90      | 62.5 90",
                "de | 62.5 90       | 62.5 90",
                "en | -             | ''",
                "en | ' , ;'        | ''",
            })
    void aListIsReadAsItIsWritten(String language, String text, String percents) {
        List<BigDecimal> expected = percents.isEmpty()
                ? List.of()
                : Arrays.stream(percents.split(" ", -1)).map(BigDecimal::new).toList();

        assertThat(Percents.of("thresholds", text, Locale.forLanguageTag(language)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.00",
                "-5",
                "1000.01",
                "10000",
                "1.234",
                "ninety",
                "50, x",
                "1e2",
                "NaN",
                "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21"
            })
    void whatIsNoPercentIsRefused(String text) {
        assertThatThrownBy(() -> Percents.of("thresholds", text, Locale.ENGLISH))
                .isInstanceOfSatisfying(
                        InvalidInput.class, input -> assertThat(input.field()).isEqualTo("thresholds"));
    }
}
