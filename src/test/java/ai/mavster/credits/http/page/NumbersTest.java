package ai.mavster.credits.http.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en    | 1234         | 1234
            en    | 1,234.5      | 1234.5
            en    | 1234.5       | 1234.5
            en    | 1.234        | 1.234
            en    | 1,234        | 1234
            en    | 0.5          | 0.5
            en    | .5           | 0.5
            en    | 1,000,000    | 1000000
            de    | 1.234,5      | 1234.5
            de    | 1234,5       | 1234.5
            de    | 1.234        | 1234
            de    | 1.234.567    | 1234567
            de    | 1234.5       | 1234.5
            de    | 1.5          | 1.5
            de    | 0.125        | 0.125
            de    | 0,125        | 0.125
            de    | 0,000001     | 0.000001
            de    | 1,500000000  | 1.5
            de-CH | 1’234.5      | 1234.5
            de-AT | 1 234,5      | 1234.5
            fr    | 1 234,5      | 1234.5
            en    | 1000000000   | 1000000000
            """)
    void readsWhatItsReaderWrites(String language, String text, String credits) {
        assertThat(Numbers.credits("threshold", text, Locale.forLanguageTag(language)))
                .isEqualTo(Credits.parse(credits));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | ''            | a number greater than 0
            en | many          | a number greater than 0
            en | -5            | a number greater than 0
            en | 1e3           | a number greater than 0
            en | 1.234,5       | a number greater than 0
            en | 12,34         | a number greater than 0
            de | 1.23,4        | a number greater than 0
            de | 1.23.4        | a number greater than 0
            de | 1,234,5       | a number greater than 0
            de | 1,234.5       | a number greater than 0
            en | 0             | greater than 0
            de | 0,0           | greater than 0
            en | 0.0000001     | at most 6 decimals
            de | 1,2345678     | at most 6 decimals
            en | 1000000000.01 | at most 1000000000
            en | 99999999999999999999999999999999999999999 | a number greater than 0
            """)
    void refusesWhatIsNoAmount(String language, String text, String why) {
        assertThatThrownBy(() -> Numbers.credits("threshold", text, Locale.forLanguageTag(language)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, wrong -> assertThat(wrong.field()).isEqualTo("threshold"))
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "de-CH"})
    void readsAgainWhatItPutsIntoAField(String language) {
        Locale locale = Locale.forLanguageTag(language);
        Credits credits = Credits.parse("12345.67");

        assertThat(Numbers.credits("threshold", Numbers.field(credits, locale), locale))
                .isEqualTo(credits);
        Credits odd = Credits.parse("1234.567");
        assertThat(Numbers.credits("threshold", Numbers.field(odd, locale), locale))
                .isEqualTo(odd);
    }
}
