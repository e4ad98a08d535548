package ai.mavster.credits.ledger.statement;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.LongPast;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was posted, one row a posting. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PostingsTest {

    /** Where cells are in the JSON that is not flat. */
    private static final Map<String, String> FIELDS = Map.of(
            "currency", "amount",
            "author_type", "author/type",
            "author_id", "author/id",
            "author_name", "author/name");

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void aDebitOverThreeGrantsIsOneRow() {
        Customer customer = Customer.having("10");
        customer.topUp("5").is(201);
        customer.topUp("5").is(201);
        String debit = customer.debit("100", ", 'action': 'tap', 'quantity': 2, 'on_insufficient': 'take_available'")
                .is(201)
                .at("id");
        customer.reverse(debit, "{'credits': 3, 'reason': 'half of it'}").is(201);
        customer.debit("0.5").is(201);

        assertThat(rows(customer, ""))
                .containsExactly(
                        "debit -0.5 0.5 2.5 null null",
                        "reversal 3 3 3 null half of it",
                        "debit -20 100 0 2 null",
                        "top_up 5 5 20 null null",
                        "top_up 5 5 15 null null",
                        "debit -2990 2990 10 null null",
                        "monthly_grant 3000 3000 3000 null null");
        assertThat(customer.entries("").rows("data", "seq")).hasSize(9);
        assertThat(postings(customer, "?kind=reversal").at("data/0/reverses")).isEqualTo(debit);
    }

    private static Reply postings(Customer customer, String query) {
        return Customer.get(customer.path("/postings" + query)).is(200);
    }

    private static List<String> rows(Customer customer, String query) {
        return postings(customer, query)
                .rows("data", "kind", "credits", "requested", "balance_after", "quantity", "note");
    }

    /** Which moved nothing, and so have no entry. */
    @Test
    void freeDebitsAreListedToo() {
        Customer customer = Customer.having("10");
        Customer.post(customer.path("/debits"), Customer.newKey(), "{'action': 'keyboard'}")
                .is(201);

        assertThat(rows(customer, "?action=keyboard")).containsExactly("debit 0 0 10 null null");
    }

    @Test
    void filtersTakeSeveralValues() {
        Customer customer = Customer.having("100");
        customer.debit("1", ", 'run_id': 'run-1', 'project_id': 'p1', 'action': '/mave/chat'")
                .is(201);
        clock.moveBy(Duration.ofMinutes(10));
        customer.debit("2", ", 'run_id': 'run-2', 'project_id': 'p1', 'workspace_id': 'w', 'test_id': 't'")
                .is(201);
        customer.debit("3", ", 'run_id': 'run-3', 'project_id': 'p2'").is(201);
        customer.topUp("5").is(201);
        String middle = Instant.now().plus(Duration.ofMinutes(5)).toString();

        assertThat(credits(customer, "?run_id=run-1,run-3")).containsExactly("-3", "-1");
        assertThat(credits(customer, "?run_id=run-1,none")).containsExactly("-1");
        assertThat(credits(customer, "?project_id=p2,p1")).containsExactly("-3", "-2", "-1");
        assertThat(credits(customer, "?project_id=p1,p2&run_id=run-2")).containsExactly("-2");
        assertThat(credits(customer, "?kind=debit,top_up&from=" + middle)).containsExactly("5", "-3", "-2");
        assertThat(credits(customer, "?kind=debit&to=" + middle + "&order=asc")).containsExactly("-2900", "-1");
        assertThat(credits(customer, "?workspace_id=w&test_id=t,u")).containsExactly("-2");
        assertThat(credits(customer, "?action=%2Fmave%2Fchat,tap")).containsExactly("-1");
        String exactly = postings(customer, "?run_id=run-2").at("data/0/occurred_at");
        assertThat(credits(customer, "?from=" + exactly)).containsExactly("5", "-3", "-2");
        assertThat(credits(customer, "?order=asc&to=" + exactly)).containsExactly("3000", "-2900", "-1");
        Customer.get(customer.path("/postings?kind=debit,refund")).is(400, "invalid_request");
        Customer.get(customer.path("/postings?run_id=a," + "b".repeat(129))).is(400, "invalid_request");
        Customer.get(customer.path("/postings?run_id=a,")).is(400, "invalid_request");
        Customer.get("/v1/accounts/story-nobody/postings").is(404, "account_not_found");
    }

    private static List<String> credits(Customer customer, String query) {
        return postings(customer, query).rows("data", "credits");
    }

    @Test
    void noneIsLostOrSeenTwiceInEitherOrder() {
        Customer customer = Customer.having("100");
        for (int i = 0; i < 12; i++) {
            customer.debit("1").is(201);
        }
        List<String> newestFirst = postings(customer, "?limit=1000").rows("data", "id");

        List<String> reversed = new ArrayList<>(newestFirst);
        Collections.reverse(reversed);
        assertThat(pages(customer, "order=asc&limit=4")).isEqualTo(reversed);
        assertThat(pages(customer, "order=desc&limit=4&kind=debit"))
                .isEqualTo(newestFirst.subList(0, newestFirst.size() - 1));
        assertThat(csvIds(customer, "?order=asc")).isEqualTo(reversed);
        assertThat(csvIds(customer, "")).isEqualTo(newestFirst);
    }

    private static List<String> csvIds(Customer customer, String query) {
        return customer.csv("/postings" + query)
                .lines()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
    }

    private static List<String> pages(Customer customer, String query) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = postings(customer, "?" + query + cursor);
            found.addAll(page.rows("data", "id"));
            cursor = page.at("next_cursor") == null ? null : "&cursor=" + page.at("next_cursor");
        } while (cursor != null);
        return found;
    }

    @Test
    void theCsvHasTheSameRows() {
        Customer customer = Customer.having("100");
        customer.debit("12.5", ", 'run_id': 'run-1', 'project_id': 'p', 'action': 'tap', 'quantity': 3")
                .is(201);

        List<String> csv = customer.csv("/postings?run_id=run-1").lines().toList();
        Reply json = postings(customer, "?run_id=run-1");

        List<String> header = List.of(csv.get(0).split(",", -1));
        assertThat(json.json().at("/data/0").properties()).hasSize(header.size() - 3);
        assertThat(csv.get(1))
                .isEqualTo(String.join(
                        ",",
                        header.stream()
                                .map(name -> String.valueOf(json.at("data/0/" + FIELDS.getOrDefault(name, name)))
                                        .replace("null", ""))
                                .toList()));
    }

    @Test
    void theyTellWhoWroteWhatAndWhatWasPaid() {
        Customer customer = Customer.having("10");
        Customer.post(
                        customer.path("/top-ups"),
                        Customer.newKey(),
                        "{'credits': 5, 'reference': 'INV-1', 'note': 'N', 'metadata': {'order': '7'},"
                                + " 'amount': {'value': 49.00, 'currency': 'EUR'}}")
                .is(201);

        Reply row = postings(customer, "?kind=top_up");
        assertThat(row.all("data/0/reference", "data/0/note", "data/0/metadata", "data/0/author/type"))
                .isEqualTo("INV-1 N {\"order\":\"7\"} api_key");
        assertThat(row.body()).contains("\"amount\":{\"value\":49.00,\"currency\":\"EUR\"}");
        assertThat(customer.csv("/postings?kind=top_up"))
                .contains(",INV-1,N,\"{\"\"order\"\":\"\"7\"\"}\",49.00,EUR,api_key,");
    }

    @Test
    void pagesLeadToWhatIsFarDown() throws Exception {
        Customer customer = Customer.having("3000");
        LongPast.give(TestDatabase.shared(), customer.id, 2 * PostingRepository.SEARCHED + 100);

        Reply first = postings(customer, "?run_id=run-50,run-51");
        assertThat(pages(customer, "run_id=run-50,run-51")).hasSize(2);
        assertThat(first.rows("data", "id").size()).isLessThan(3);
        assertThat(csvIds(customer, "?run_id=run-50,run-51")).hasSize(2);
        assertThat(csvIds(customer, ""))
                .hasSize(2 * PostingRepository.SEARCHED + 100)
                .doesNotHaveDuplicates();
    }
}
