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

    /** What a formula begins with; the wide ones are read as the others. */
    private static final String SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20";

    /** What some spreadsheet takes for the end of a cell, or of its quotes. */
    private static final String SEPARATORS = ";,|\"";

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
     * Text that a spreadsheet would run as a formula gets an apostrophe in front of the sign that makes it one, and one
     * more where apostrophes stand there already, so that it can be taken away again; numbers, also negative ones, stay
     * as they are.
     */
    private static @Nullable Object withoutFormula(@Nullable Object value) {
        return value instanceof String text && hasSign(text) ? withoutFormula(text) : value;
    }

    private static boolean hasSign(String text) {
        return text.chars().anyMatch(Csv::isSign);
    }

    private static String withoutFormula(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 2);
        boolean starts = true;
        boolean afterBlank = false;
        for (int i = 0; i < text.length(); i++) {
            if (starts || afterBlank) {
                int sign = afterApostrophes(text, i);
                boolean isDash = !starts && (sign + 1 >= text.length() || isBlank(text.charAt(sign + 1)));
                if (sign < text.length() && isSign(text.charAt(sign)) && !isDash) {
                    safe.append('\'');
                }
            }
            char next = text.charAt(i);
            safe.append(next);
            afterBlank = isBlank(next);
            starts = SEPARATORS.indexOf(next) >= 0 || (starts && afterBlank);
        }
        return safe.toString();
    }

    private static int afterApostrophes(String text, int from) {
        int after = from;
        while (after < text.length() && text.charAt(after) == '\'') {
            after++;
        }
        return after;
    }

    private static boolean isSign(int character) {
        return SIGNS.indexOf(character) >= 0;
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
