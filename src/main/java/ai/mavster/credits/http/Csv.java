package ai.mavster.credits.http;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180), written as they come. */
public final class Csv {

    private static final String STARTS_OF_FORMULAS = "=+-@";

    private final CSVPrinter printer;

    /**
     * @param header the names of the columns
     */
    public Csv(OutputStream output, List<String> header) throws IOException {
        printer = CSVFormat.RFC4180.print(
                new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8), 1 << 16));
        printer.printRecord(header);
    }

    /** One line; null is an empty cell. */
    public void row(Stream<? extends @Nullable Object> cells) {
        try {
            printer.printRecord(cells.map(Csv::withoutFormula));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void end() throws IOException {
        printer.flush();
    }

    /**
     * Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers, also negative ones, stay
     * as they are.
     */
    private static @Nullable Object withoutFormula(@Nullable Object value) {
        boolean isFormula =
                value instanceof String text && !text.isEmpty() && STARTS_OF_FORMULAS.indexOf(text.charAt(0)) >= 0;
        return isFormula ? "'" + value : value;
    }
}
