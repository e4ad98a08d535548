package ai.mavster.credits.http;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180), written as they come. */
public final class Csv {

    private final Writer writer;

    /**
     * @param header the names of the columns
     */
    public Csv(OutputStream output, List<String> header) throws IOException {
        writer = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8), 1 << 16);
        writer.write(String.join(",", header) + "\r\n");
    }

    /** One line; null is an empty cell. */
    public void row(Stream<? extends @Nullable Object> cells) {
        try {
            writer.write(cells.map(Csv::cell).collect(Collectors.joining(",", "", "\r\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void end() throws IOException {
        writer.flush();
    }

    /** Text that a spreadsheet would take for a formula is given an apostrophe in front; numbers, also negative ones, stay as they are. */
    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        if (value instanceof String && !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
