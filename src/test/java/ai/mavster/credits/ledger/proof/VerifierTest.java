package ai.mavster.credits.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Tools;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docker/verify} checks an exported statement without the service. It needs Python. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class VerifierTest {

    private static final String VERIFIER =
            Path.of("docker/verify/verify").toAbsolutePath().toString();

    @TempDir
    Path directory;

    @BeforeEach
    void needsPython() {
        Tools.need(Tools.isInstalled("python3"), "the verifier of statements needs python3");
    }

    @Test
    void everyStatementIsVerifiedAsItWasExported() throws Exception {
        for (Customer customer :
                List.of(RichAccount.overMonths(), RichAccount.imported(), RichAccount.owing(), withFormulas())) {
            String entries = String.valueOf(customer.proof().at("entries"));

            assertThat(verify(customer.entriesAsCsv(""))).as(printed()).isZero();
            assertThat(printed()).contains("Verified: " + entries + " entries of ");
            assertThat(verify(customer.entries("?limit=1000").body()))
                    .as(printed())
                    .isZero();
            assertThat(verify(pages(customer))).as(printed()).isZero();
        }
    }

    @Test
    void noCellMayBeAnother() throws Exception {
        List<List<String>> rows = rows(RichAccount.overMonths().entriesAsCsv(""));
        Set<String> tried = new TreeSet<>();
        for (int row = 1; row < rows.size(); row++) {
            for (int cell = 0; cell < rows.get(0).size(); cell++) {
                if (!rows.get(row).get(cell).isEmpty() && tried.add(rows.get(0).get(cell))) {
                    String column = rows.get(0).get(cell);
                    List<List<String>> tampered = copy(rows);
                    tampered.get(row).set(cell, another(column, rows.get(row).get(cell)));
                    assertThat(verify(csv(tampered)))
                            .as("%s: %s", column, printed())
                            .isEqualTo(1);
                }
            }
        }

        assertThat(tried).containsExactlyInAnyOrderElementsOf(rows.get(0));
    }

    @Test
    void noTextMayBeTakenAway() throws Exception {
        List<List<String>> rows = rows(withFormulas().entriesAsCsv(""));
        for (String column : List.of("reference", "note", "metadata", "text_salt")) {
            List<List<String>> tampered = copy(rows);
            int cell = rows.get(0).indexOf(column);
            tampered.stream().skip(1).forEach(row -> row.set(cell, ""));
            assertThat(verify(csv(tampered))).as(column).isEqualTo(1);
        }
        // Texts, salts and all: as after an erasure, which the chain outlasts.
        for (List<String> row : rows.subList(1, rows.size())) {
            for (String column : List.of("reference", "note", "metadata", "text_salt")) {
                row.set(rows.get(0).indexOf(column), "");
            }
        }
        assertThat(verify(csv(rows))).as(printed()).isZero();
    }

    @Test
    void noEntryMayBeMissingTwiceThereOrElsewhere() throws Exception {
        List<List<String>> rows = rows(RichAccount.overMonths().entriesAsCsv(""));
        int last = rows.size() - 1;
        for (int row = 2; row <= last; row++) {
            List<List<String>> without = copy(rows);
            without.remove(row);
            assertThat(verify(csv(without))).as("without row %s", row).isEqualTo(1);
        }
        List<List<String>> twice = copy(rows);
        twice.add(2, rows.get(2));
        assertThat(verify(csv(twice))).isEqualTo(1);
        List<List<String>> swapped = copy(rows);
        swapped.set(2, rows.get(3));
        swapped.set(3, rows.get(2));
        assertThat(verify(csv(swapped))).isEqualTo(1);
    }

    /** Nothing within a statement tells that newer entries are gone: only a hash that was kept elsewhere does. */
    @Test
    void aCutTailIsSeenByTheHashThatWasKept() throws Exception {
        List<List<String>> rows = rows(RichAccount.overMonths().entriesAsCsv(""));
        List<String> newest = rows.get(1);
        String kept = newest.get(rows.get(0).indexOf("seq")) + ":"
                + newest.get(rows.get(0).indexOf("hash"));
        assertThat(verify(csv(rows), "--anchor", kept)).as(printed()).isZero();
        rows.remove(1);

        assertThat(verify(csv(rows), "--anchor", kept)).as(printed()).isEqualTo(1);
    }

    @Test
    void aPartIsVerifiedWhereItIsSaidToBeOne() throws Exception {
        Customer customer = RichAccount.overMonths();
        String debits = customer.entriesAsCsv("?kind=debit");

        assertThat(verify(debits)).isEqualTo(1);
        assertThat(verify(debits, "--part")).as(printed()).isZero();
    }

    @Test
    void whatIsNoStatementIsUnusable() throws Exception {
        for (String other : List.of("", "a,b\r\n1,2\r\n", "{\"data\": [{}]}", "{\"data\": [", "[]")) {
            assertThat(verify(other)).as(other).isEqualTo(2);
        }
        String statement = RichAccount.imported().entriesAsCsv("");
        assertThat(verify(statement.substring(0, statement.length() - 40))).isNotZero();
    }

    private static Customer withFormulas() {
        Customer customer = Customer.having("100");
        Customer.post(
                        customer.path("/top-ups"),
                        "=key",
                        "{'credits': 1, 'reference': '=1', 'note': 'a; -1 - b @c', 'metadata': {'k': '+1', 'K.a': 'ü'}}")
                .is(201);
        customer.debit("1", ", 'action': '@a', 'project_id': '-p'").is(201);
        return customer;
    }

    private static String pages(Customer customer) {
        StringBuilder pages = new StringBuilder();
        String cursor = "";
        do {
            var page = customer.entries("?limit=3" + cursor);
            pages.append(page.body()).append('\n');
            cursor = page.at("next_cursor") == null ? null : "&cursor=" + page.at("next_cursor");
        } while (cursor != null);
        return pages.toString();
    }

    private static String another(String column, String value) {
        return switch (column) {
            case "metadata" -> "{\"other\":\"1\"}";
            case "occurred_at", "expires_at" -> "2001-01-01T00:00:00.000001Z";
            default ->
                value.matches("-?[0-9.]+")
                        ? (value.equals("7") ? "8" : "7")
                        : value.substring(0, value.length() - 1) + (value.endsWith("0") ? "1" : "0");
        };
    }

    private static List<List<String>> copy(List<List<String>> rows) {
        List<List<String>> copy = new ArrayList<>();
        rows.forEach(row -> copy.add(new ArrayList<>(row)));
        return copy;
    }

    private static List<List<String>> rows(String csv) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(csv))) {
            for (CSVRecord row : parser) {
                rows.add(new ArrayList<>(row.toList()));
            }
        }
        return rows;
    }

    private static String csv(List<List<String>> rows) throws IOException {
        StringWriter csv = new StringWriter();
        try (CSVPrinter printer = CSVFormat.RFC4180.print(csv)) {
            printer.printRecords(rows);
        }
        return csv.toString();
    }

    private int verify(String statement, String... options) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("statement"), statement);
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of("python3", VERIFIER, file.toString()), Arrays.stream(options))
                                .toList())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("printed").toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private String printed() {
        try {
            return Files.readString(directory.resolve("printed"));
        } catch (IOException e) {
            return "";
        }
    }
}
