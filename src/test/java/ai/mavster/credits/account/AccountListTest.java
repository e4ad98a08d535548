package ai.mavster.credits.account;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All accounts: found by their ids, names and addresses, and by how they are now. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AccountListTest {

    @Inject
    MovableClock clock;

    /** What all ids of this test begin with. */
    private final String prefix = "list-" + UUID.randomUUID();

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    private String account(String name, String body) {
        String id = prefix + "-" + name;
        Customer.put("/v1/accounts/" + id, body).is(201);
        return id;
    }

    private static void subscribe(String id, String plan, String status) {
        Customer.put("/v1/accounts/" + id + "/subscription", "{'plan': '" + plan + "', 'status': '" + status + "'}")
                .is(200);
    }

    private List<String> found(String query) {
        return names(pages(query));
    }

    /** Those of this test, without what all begin with. */
    private List<String> names(List<String> ids) {
        return ids.stream()
                .filter(id -> id.startsWith(prefix))
                .map(id -> id.substring(prefix.length() + 1))
                .toList();
    }

    private static List<String> pages(String query) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = Customer.get("/v1/accounts?" + query + cursor).is(200);
            found.addAll(page.rows("data", "account_id"));
            cursor = page.at("next_cursor") == null ? null : "&cursor=" + page.at("next_cursor");
            assertThat(page.at("has_more")).isEqualTo(String.valueOf(cursor != null));
        } while (cursor != null);
        return found;
    }

    @Test
    void theyAreFoundByWhatTheyBeginWith() {
        String word = "w" + UUID.randomUUID();
        account("a", "{'name': '" + word + " Inc.'}");
        account(
                "b",
                "{'name': 'Other', 'billing_email': '" + word.toUpperCase(java.util.Locale.ROOT) + "@example.com'}");
        account(
                "c",
                "{'name': '" + word.toUpperCase(java.util.Locale.ROOT) + " & Sons', 'billing_email': '" + word
                        + "@example.org'}");
        account("d", "{'name': 'The " + word + "'}");

        assertThat(found("q=" + word)).containsExactly("c", "a", "b");
        assertThat(found("limit=1&q=" + word)).containsExactly("c", "a", "b");
        assertThat(found("q=" + prefix)).containsExactly("a", "b", "c", "d");
        assertThat(found("limit=2&q=" + prefix)).containsExactly("a", "b", "c", "d");
        assertThat(found("q=" + prefix.toUpperCase(java.util.Locale.ROOT))).isEmpty();
        assertThat(found("q=" + word + "x")).isEmpty();
    }

    /** Its id, its name and its address begin alike: it is one account all the same. */
    @Test
    void oneThatIsFoundTwiceIsListedOnce() {
        account("a", "{'name': '" + prefix + "', 'billing_email': '" + prefix + "@example.com'}");
        assertThat(found("q=" + prefix)).containsExactly("a");
        assertThat(found("limit=1&q=" + prefix)).containsExactly("a");
    }

    @Test
    void theyAreFoundByHowTheyAre() {
        account("none", "{}");
        String full = account("full", "{}");
        subscribe(full, "basic", "active");
        String spent = account("spent", "{}");
        subscribe(spent, "pro", "active");
        Customer.post("/v1/accounts/" + spent + "/debits", Customer.newKey(), "{'credits': 20000}")
                .is(201);
        String late = account("late", "{}");
        subscribe(late, "pro", "active");
        subscribe(late, "pro", "past_due");

        assertThat(found("plan=pro&q=" + prefix)).containsExactly("late", "spent");
        assertThat(found("status=past_due,canceled&q=" + prefix)).containsExactly("late");
        assertThat(found("blocked=true&q=" + prefix)).containsExactly("late", "none", "spent");
        assertThat(found("blocked=false&q=" + prefix)).containsExactly("full");
        assertThat(found("balance_min=3000&balance_max=19999.999999&q=" + prefix))
                .containsExactly("full");
        assertThat(found("balance_max=0&q=" + prefix)).containsExactly("none", "spent");
        assertThat(found("status=active&balance_min=0.000001&q=" + prefix)).containsExactly("full");
        assertThat(Customer.get("/v1/accounts?status=past_due&q=" + prefix)
                        .rows(
                                "data",
                                "balance",
                                "available",
                                "spendable",
                                "blocked_by",
                                "plan",
                                "subscription_status",
                                "on_test_clock"))
                .containsExactly("20000 20000 0 subscription_required pro past_due false");
    }

    @Test
    void aClosedOneIsListedAsWhatItIs() {
        Customer customer = Customer.on("basic");
        String closedAt = customer.close("").is(200).at("closed_at");
        assertThat(Customer.get("/v1/accounts?blocked=true&q=" + customer.id).rows("data", "blocked_by", "closed_at"))
                .containsExactly("account_closed " + closedAt);
    }

    @Test
    void theNewestComeFirst() {
        Instant start = Instant.parse("2032-05-01T00:00:00Z");
        for (int i = 0; i < 5; i++) {
            clock.stopAt(start.plusSeconds(i));
            account("n" + i, "{}");
        }

        String range = "from=" + start + "&to=" + start.plusSeconds(4);
        assertThat(found(range)).containsExactly("n3", "n2", "n1", "n0");
        assertThat(found("limit=2&" + range)).containsExactly("n3", "n2", "n1", "n0");
        assertThat(found("q=" + prefix + "&from=" + start.plusSeconds(2) + "&to=" + start.plusSeconds(3)))
                .containsExactly("n2");
        assertThat(names(Customer.csvAt("/v1/accounts?" + range)
                        .lines()
                        .skip(1)
                        .map(line -> line.substring(0, line.indexOf(',')))
                        .toList()))
                .containsExactly("n3", "n2", "n1", "n0");
    }

    /** More of them than are looked at for one page. */
    @Test
    void pagesLeadToAllOfMany() {
        List<String> expected = new ArrayList<>();
        for (int part = 0; part < 2; part++) {
            StringBuilder accounts = new StringBuilder();
            for (int i = 0; i < 700; i++) {
                String name = "m%d%03d".formatted(part, i);
                expected.add(name);
                accounts.append(i == 0 ? "" : ", ")
                        .append("{'account_id': '")
                        .append(prefix)
                        .append('-')
                        .append(name)
                        .append("', 'balance': 1}");
            }
            Customer.post("/v1/imports", "{'accounts': [" + accounts + "]}").is(200);
        }
        String last = prefix + "-m1699";
        Customer.post("/v1/accounts/" + last + "/top-ups", Customer.newKey(), "{'credits': 5}")
                .is(201);

        Reply first = Customer.get("/v1/accounts?balance_min=6&q=" + prefix).is(200);
        assertThat(first.all("data", "has_more")).isEqualTo("[] true");
        assertThat(found("balance_min=6&q=" + prefix)).containsExactly("m1699");
        assertThat(found("limit=1000&q=" + prefix)).isEqualTo(expected);
        assertThat(Customer.csvAt("/v1/accounts?q=" + prefix).lines()).hasSize(1 + expected.size());
    }

    /** As long as it may be, its place in the list is still a cursor. */
    @Test
    void theLongestNameLeadsOn() {
        String word = "z" + UUID.randomUUID();
        String name = word + "\ud83d\ude00".repeat(200 - word.length());
        String longest = "-" + "x".repeat(128 - prefix.length() - 1);
        Customer.put("/v1/accounts/" + prefix + longest, "{'name': '" + name + "'}")
                .is(201);
        account("b", "{'name': '" + name + "'}");

        assertThat(found("limit=1&q=" + word)).containsExactly("b", longest.substring(1));
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        account("a", "{}");
        account("b", "{}");
        String cursor = Customer.get("/v1/accounts?limit=1").at("next_cursor");
        Customer.get("/v1/accounts?q=" + prefix + "&cursor=" + cursor).is(400, "invalid_request");
    }
}
