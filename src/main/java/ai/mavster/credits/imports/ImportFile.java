package ai.mavster.credits.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A file of accounts: CSV with a header (RFC 4180), or NDJSON with one object a line. The names are those of
 * {@code POST /v1/imports}; an empty cell is an absent value.
 */
final class ImportFile {

    private static final List<String> TEXTS =
            List.of("account_id", "name", "billing_email", "time_zone", "plan", "status", "anchor");
    private static final Set<String> NUMBERS = Set.of("balance", "monthly_credits", "monthly_balance");
    private static final String FLAG = "cancel_at_period_end";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path path;

    ImportFile(Path path) {
        this.path = path;
    }

    /**
     * A line that has an account.
     *
     * @param number in the file, from 1
     * @param fault why it could not be read; null: it could
     */
    record Line(
            long number,
            @Nullable JsonNode account,
            @Nullable String fault) {}

    /** The file cannot be read as what it is. */
    static final class Unreadable extends Exception {
        Unreadable(String message) {
            super(message);
        }
    }

    void read(Consumer<Line> lines) throws IOException, Unreadable {
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            if (path.toString().endsWith(".csv")) {
                readCsv(reader, lines);
            } else {
                readJson(reader, lines);
            }
        } catch (MalformedInputException e) {
            throw new Unreadable(path + " is not UTF-8");
        } catch (CSVException e) {
            throw new Unreadable(path + " is not well-formed: " + e.getMessage());
        }
    }

    private void readCsv(BufferedReader reader, Consumer<Line> lines) throws IOException, Unreadable {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (CSVParser parser = CSVParser.parse(reader, format)) {
            for (String column : parser.getHeaderNames()) {
                if (!TEXTS.contains(column) && !NUMBERS.contains(column) && !column.equals(FLAG)) {
                    throw new Unreadable("%s has a column '%s', which is none of %s, %s, %s"
                            .formatted(path, column, String.join(", ", TEXTS), String.join(", ", NUMBERS), FLAG));
                }
            }
            for (CSVRecord row : parser) {
                lines.accept(line(row));
            }
        } catch (IllegalArgumentException e) {
            throw new Unreadable(path + " has no usable header: " + e.getMessage());
        }
    }

    private static Line line(CSVRecord row) {
        long number = row.getParser().getCurrentLineNumber();
        if (!row.isConsistent()) {
            return new Line(number, null, "has another number of cells than the header");
        }
        ObjectNode account = JSON.createObjectNode();
        for (String column : row.getParser().getHeaderNames()) {
            String cell = row.get(column);
            if (cell.isEmpty()) {
                continue;
            }
            if (NUMBERS.contains(column)) {
                try {
                    account.put(column, new BigDecimal(cell));
                } catch (NumberFormatException e) {
                    return new Line(number, null, column + ": must be a number such as 1200.5");
                }
            } else if (!column.equals(FLAG)) {
                account.put(column, cell);
            } else if (cell.equals("true") || cell.equals("false")) {
                account.put(column, cell.equals("true"));
            } else {
                return new Line(number, null, column + ": must be true or false");
            }
        }
        return new Line(number, account, null);
    }

    private static void readJson(BufferedReader reader, Consumer<Line> lines) throws IOException {
        long number = 0;
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            number++;
            if (text.isBlank()) {
                continue;
            }
            try {
                lines.accept(new Line(number, JSON.readTree(text), null));
            } catch (JsonProcessingException e) {
                lines.accept(new Line(number, null, "is not JSON: " + e.getOriginalMessage()));
            }
        }
    }
}
