package ai.mavster.credits.ledger.statement;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the ledger tells of an account, page by page. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class StatementTest {

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void entriesAreFoundByWhatTheyWereFor() {
        Customer customer = Customer.having("3000");
        customer.debit("1", ", 'run_id': 'run-1', 'project_id': 'p1', 'action': '/mave/chat', 'quantity': 2.50")
                .is(201);
        clock.moveBy(Duration.ofMinutes(10));
        customer.debit("2", ", 'run_id': 'run-2', 'project_id': 'p1', 'workspace_id': 'w', 'test_id': 't'")
                .is(201);
        customer.topUp("5").is(201);
        String middle = Instant.now().plus(Duration.ofMinutes(5)).toString();

        assertThat(found(customer, "")).containsExactly(4L, 3L, 2L, 1L);
        assertThat(found(customer, "?run_id=run-1")).containsExactly(2L);
        assertThat(found(customer, "?project_id=p1")).containsExactly(3L, 2L);
        assertThat(found(customer, "?project_id=p1&workspace_id=w")).containsExactly(3L);
        assertThat(found(customer, "?test_id=t")).containsExactly(3L);
        assertThat(found(customer, "?action=%2Fmave%2Fchat")).containsExactly(2L);
        assertThat(found(customer, "?kind=debit")).containsExactly(3L, 2L);
        assertThat(found(customer, "?kind=top_up&run_id=run-1")).isEmpty();
        assertThat(found(customer, "?from=" + middle)).containsExactly(4L, 3L);
        assertThat(found(customer, "?to=" + middle)).containsExactly(2L, 1L);
        String exactly = customer.entries("?run_id=run-2").at("data/0/occurred_at");
        assertThat(found(customer, "?from=" + exactly)).contains(3L);
        assertThat(found(customer, "?to=" + exactly)).containsExactly(2L, 1L);
        assertThat(customer.entries("?run_id=run-1").all("data/0/credits", "data/0/quantity", "data/0/balance_after"))
                .isEqualTo("-1 2.5 2999");
        Customer.get(customer.path("/entries?kind=refund")).is(400, "invalid_request");
        Customer.get("/v1/accounts/story-nobody/entries").is(404, "account_not_found");
    }

    private static List<Long> found(Customer customer, String query) {
        return customer.entries(query).rows("data", "seq").stream()
                .map(Long::valueOf)
                .toList();
    }

    @Test
    void noEntryIsLostOrSeenTwiceWhileOthersArrive() {
        Customer customer = Customer.having("100");
        for (int i = 0; i < 21; i++) {
            customer.debit("1").is(201);
        }
        long newest = Long.parseLong(String.valueOf(customer.entries("?limit=1").at("data/0/seq")));

        List<Long> seen = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = customer.entries("?limit=4" + cursor);
            seen.addAll(page.rows("data", "seq").stream().map(Long::valueOf).toList());
            cursor = page.at("next_cursor") == null ? null : "&cursor=" + page.at("next_cursor");
            assertThat(page.at("has_more")).isEqualTo(String.valueOf(cursor != null));
            customer.debit("1").is(201);
        } while (cursor != null);

        assertThat(seen)
                .isEqualTo(LongStream.rangeClosed(1, newest)
                        .map(seq -> newest + 1 - seq)
                        .boxed()
                        .toList());
    }

    @Test
    void theCsvHasTheSameRows() {
        Customer customer = Customer.having("100");
        String debit = customer.debit(
                        "12.5",
                        ", 'run_id': 'run-1', 'project_id': 'p', 'workspace_id': 'w', 'test_id': 't', 'action': 'tap', 'quantity': 3")
                .at("id");
        customer.reverse(debit, "{'reason': 'a comma, a \\\"quote\\\"'}").is(201);
        customer.reverse(debit, "{'reason': 'nothing left'}").is(422);
        customer.topUp("0.000001").is(201);
        String paid = "{'credits': 5, 'reference': 'INV-1', 'metadata': {'z': 'last', 'a.b': 'ü, 1'},"
                + " 'amount': {'value': 4.25, 'currency': 'EUR'}}";
        Customer.post(customer.path("/top-ups"), Customer.newKey(), paid).is(201);

        List<List<String>> csv = parse(customer.entriesAsCsv("?limit=1"));
        Reply json = customer.entries("?limit=1000");

        List<String> header = csv.get(0);
        List<List<String>> expected = new ArrayList<>();
        for (JsonNode row : json.json().at("/data")) {
            assertThat(row.properties().size() + row.get("hashed").size()).isEqualTo(header.size() - 2);
            expected.add(header.stream().map(name -> cell(row, name)).toList());
        }
        assertThat(csv.subList(1, csv.size())).isEqualTo(expected).hasSize(6);
        assertThat(parse(customer.entriesAsCsv("?kind=debit"))).hasSize(3);
    }

    /** The same value where it is in the JSON. */
    private static String cell(JsonNode row, String column) {
        JsonNode value = switch (column) {
            case "author_type", "author_id", "author_name" -> row.at("/author/" + column.substring("author_".length()));
            case "amount" -> row.at("/amount/value");
            case "currency" -> row.at("/amount/currency");
            default -> row.has(column) ? row.get(column) : row.at("/hashed/" + column);
        };
        assertThat(column.equals("amount") || column.equals("currency") || !value.isMissingNode())
                .as(column)
                .isTrue();
        return value.isObject() ? value.toString() : value.isNull() || value.isMissingNode() ? "" : value.asText();
    }

    /** A spreadsheet would run it. */
    @Test
    void aFormulaInANoteStaysText() {
        Customer customer = Customer.having("100");
        String debit = customer.debit("1").at("id");
        customer.reverse(debit, "{'reason': '=1+1'}").is(201);

        assertThat(parse(customer.entriesAsCsv("?kind=reversal")).get(1)).contains("'=1+1", "1");
        assertThat(customer.entries("?kind=reversal").at("data/0/note")).isEqualTo("=1+1");
    }

    /** RFC 4180. */
    private static List<List<String>> parse(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\r')) {
                row.add(cell.toString());
                cell.setLength(0);
            } else if (!quoted && c == '\n') {
                rows.add(row);
                row = new ArrayList<>();
            } else {
                cell.append(c);
            }
        }
        assertThat(row).isEmpty();
        return rows;
    }

    @Test
    void grantsAreToldWithWhatIsLeftOfThem() {
        Customer customer = Customer.having("3000");
        Instant end = Instant.parse("2090-01-01T00:00:00Z");
        customer.grant("10", ", 'expires_at': '" + end + "'").is(201);
        Customer.post(customer.path("/top-ups"), Customer.newKey(), "{'credits': 7, 'reference': 'INV-1'}")
                .is(201);
        customer.debit("15").is(201);

        Reply grants = customer.grants();
        assertThat(grants.rows("data", "kind", "credits", "remaining", "burn_order", "expires_at", "reference", "seq"))
                .containsExactly(
                        "top_up 7 7 2 null INV-1 3",
                        "promotional 10 0 null " + end + " null 2",
                        "monthly 3000 2995 1 null null 1");
        Reply first = Customer.get(customer.path("/grants?limit=2"));
        Reply second = Customer.get(customer.path("/grants?limit=2&cursor=" + first.at("next_cursor")));
        assertThat(first.rows("data", "kind")).containsExactly("top_up", "promotional");
        assertThat(second.rows("data", "kind")).containsExactly("monthly");
    }
}
