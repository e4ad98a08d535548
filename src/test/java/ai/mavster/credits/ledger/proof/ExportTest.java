package ai.mavster.credits.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** A statement that was exported can be checked without the service. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ExportTest {

    /** Where a cell may begin for a spreadsheet, apostrophes before a sign: the first of them was put there. */
    private static final Pattern PUT_THERE = Pattern.compile(
            "(?<=^|[;,|\"]|[;,|\"]\\s|^\\s)'(?='*[=+\\-@＝＋－＠])|(?<=\\s)'(?='*[=+\\-@＝＋－＠]\\S)",
            Pattern.UNICODE_CHARACTER_CLASS);

    @Test
    void theHashesCanBeComputedFromWhatIsExported() throws Exception {
        for (Customer customer : List.of(RichAccount.overMonths(), RichAccount.imported(), RichAccount.owing())) {
            List<Map<String, String>> json = json(customer);
            List<Map<String, String>> csv = csv(customer.entriesAsCsv(""));

            assertThat(json)
                    .hasSize(Integer.parseInt(String.valueOf(customer.proof().at("entries"))));
            assertThat(ExportedChain.fault(json)).isNull();
            assertThat(ExportedChain.fault(csv)).isNull();
        }
    }

    @Test
    void textsThatASpreadsheetWouldRunAreExportedSoThatTheyCanBeReadBack() throws Exception {
        Customer customer = Customer.having("100");
        Customer.post(
                        customer.path("/top-ups"),
                        "=key",
                        "{'credits': 1, 'reference': '=1', 'note': 'a; -1 - b @c', 'metadata': {'k': '+1'}}")
                .is(201);
        customer.debit("1", ", 'action': '@a', 'project_id': '-p'").is(201);

        assertThat(ExportedChain.fault(csv(customer.entriesAsCsv("")))).isNull();
    }

    /** Not one field of an entry, in either form, may be another. */
    @Test
    void everyFieldThatIsExportedIsCovered() throws Exception {
        Customer customer = RichAccount.overMonths();
        List<Map<String, String>> entries = csv(customer.entriesAsCsv(""));
        Set<String> tried = new TreeSet<>();
        for (int i = 0; i < entries.size(); i++) {
            for (String field : entries.get(i).keySet()) {
                List<Map<String, String>> tampered = new ArrayList<>(entries);
                Map<String, String> entry = new TreeMap<>(entries.get(i));
                entry.computeIfPresent(field, ExportTest::another);
                tampered.set(i, entry);
                assertThat(ExportedChain.fault(tampered)).as(field).isNotNull();
                tried.add(field);
            }
        }

        assertThat(tried).containsExactlyInAnyOrderElementsOf(header(customer.entriesAsCsv("?limit=1")));
    }

    private static String another(String field, String value) {
        return switch (field) {
            case "metadata" -> "{\"other\":\"1\"}";
            case "occurred_at", "expires_at" -> "2001-01-01T00:00:00.000001Z";
            default -> value.matches("-?[0-9.]+") ? value.equals("7") ? "8" : "7" : another(value);
        };
    }

    /** Its last letter is another: so ids and digests stay ids and digests. */
    private static String another(String value) {
        String rest = value.substring(0, value.length() - 1);
        return rest + (value.endsWith("0") ? "1" : "0");
    }

    private static List<Map<String, String>> json(Customer customer) {
        List<Map<String, String>> entries = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = customer.entries("?limit=7" + cursor);
            for (JsonNode entry : page.json().at("/data")) {
                entries.add(ExportedChain.fields(entry));
            }
            cursor = page.at("next_cursor") == null ? null : "&cursor=" + page.at("next_cursor");
        } while (cursor != null);
        return entries;
    }

    private static List<String> header(String csv) throws IOException {
        try (CSVParser rows = parser(csv)) {
            return rows.getHeaderNames();
        }
    }

    private static List<Map<String, String>> csv(String csv) throws IOException {
        List<Map<String, String>> entries = new ArrayList<>();
        try (CSVParser rows = parser(csv)) {
            for (CSVRecord row : rows) {
                Map<String, String> entry = new TreeMap<>(row.toMap());
                entry.values().removeIf(String::isEmpty);
                entry.replaceAll((name, cell) -> PUT_THERE.matcher(cell).replaceAll(""));
                entries.add(entry);
            }
        }
        return entries;
    }

    private static CSVParser parser(String csv) throws IOException {
        return CSVFormat.RFC4180.builder().setHeader().get().parse(new StringReader(csv));
    }
}
