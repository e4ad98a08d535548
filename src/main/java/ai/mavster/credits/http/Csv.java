package ai.mavster.credits.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180), written row by row and taken little by little. */
public final class Csv {

    private static final String STARTS_OF_FORMULAS = "=+-@";

    private final StringBuilder written = new StringBuilder();
    private final CSVPrinter printer;

    /**
     * @param header the names of the columns
     */
    public Csv(List<String> header) {
        try {
            printer = CSVFormat.RFC4180.print(written);
            printer.printRecord(header);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line; null is an empty cell. */
    public void row(Stream<? extends @Nullable Object> cells) {
        try {
            printer.printRecord(cells.map(Csv::withoutFormula));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written since it was asked last, in UTF-8. */
    public byte[] take() {
        byte[] bytes = written.toString().getBytes(StandardCharsets.UTF_8);
        written.setLength(0);
        return bytes;
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
