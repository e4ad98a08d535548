package ai.mavster.credits.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @Test
    void whatWouldSplitACellIsQuoted() {
        assertThat(written("plain", "a, b", "say \"hi\"", "two\nlines", "ü😀"))
                .isEqualTo("plain,\"a, b\",\"say \"\"hi\"\"\",\"two\nlines\",ü😀\r\n");
    }

    @Test
    void nothingIsAnEmptyCell() {
        assertThat(written("a", null, "")).isEqualTo("a,,\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)"})
    void aFormulaStaysText(String text) {
        assertThat(written("x", text)).isEqualTo("x,'" + text + "\r\n");
        assertThat(written("x", "a" + text)).isEqualTo("x,a" + text + "\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ` =1+1`            | ` '=1+1`
            `\u00a0=1`         | `\u00a0'=1`
            `\uff1d1+1`        | `'\uff1d1+1`
            `\uff0b1`          | `'\uff0b1`
            `\uff0d1`          | `'\uff0d1`
            `\uff20SUM(A1)`    | `'\uff20SUM(A1)`
            `a;=1+1`           | `a;'=1+1`
            `a; -1;+2;b`       | `a; '-1;'+2;b`
            `a =1`             | `a '=1`
            `a;\uff201`        | `a;'\uff201`
            `;@x`              | `;'@x`
            `-=1`              | `'-=1`
            `a - b`            | `a - b`
            `'=1`              | `''=1`
            `a;'-1`            | `a;''-1`
            `a ''+1`           | `a '''+1`
            `it's - 'so'`      | `it's - 'so'`
            `a-b;c@d`          | `a-b;c@d`
            `run:1/2-3`        | `run:1/2-3`
            """)
    void whereverASpreadsheetMaySeeTheStartOfACell(String text, String cell) {
        String quoted = cell.startsWith(" ") ? "\"" + cell + "\"" : cell;
        assertThat(written("x", text)).isEqualTo("x," + quoted + "\r\n");
    }

    @Test
    void aFormulaBehindWhatMustBeQuotedStaysText() {
        assertThat(written("a,=1", "\t=1", "a\t=1", "\r\n=1", "\"=1"))
                .isEqualTo("\"a,'=1\",\"\t'=1\",a\t'=1,\"\r\n'=1\",\"\"\"'=1\"\r\n");
    }

    @Test
    void numbersAreNoFormulas() {
        assertThat(written(7L, Credits.parse("-0.125"))).isEqualTo("7,-0.125\r\n");
    }

    private static String written(Object... cells) {
        Csv csv = new Csv(List.of("one", "two"));
        csv.row(Stream.of(cells));
        String text = new String(csv.take(), UTF_8);
        assertThat(csv.take()).isEmpty();
        assertThat(text).startsWith("one,two\r\n");
        return text.substring("one,two\r\n".length());
    }
}
