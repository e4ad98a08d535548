package ai.mavster.credits.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @Test
    void whatWouldSplitACellIsQuoted() throws IOException {
        assertThat(written("plain", "a, b", "say \"hi\"", "two\nlines", "ü😀"))
                .isEqualTo("plain,\"a, b\",\"say \"\"hi\"\"\",\"two\nlines\",ü😀\r\n");
    }

    @Test
    void nothingIsAnEmptyCell() throws IOException {
        assertThat(written("a", null, "")).isEqualTo("a,,\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)"})
    void aFormulaStaysText(String text) throws IOException {
        assertThat(written("x", text)).isEqualTo("x,'" + text + "\r\n");
        assertThat(written("x", "a" + text)).isEqualTo("x,a" + text + "\r\n");
    }

    @Test
    void numbersAreNoFormulas() throws IOException {
        assertThat(written(7L, Credits.parse("-0.125"))).isEqualTo("7,-0.125\r\n");
    }

    private static String written(Object... cells) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Csv csv = new Csv(output, List.of("one", "two"));
        csv.row(Stream.of(cells));
        csv.end();
        String text = output.toString(UTF_8);
        assertThat(text).startsWith("one,two\r\n");
        return text.substring("one,two\r\n".length());
    }
}
