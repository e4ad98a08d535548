package ai.mavster.credits.portal.statement;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.portal.Owner;
import ai.mavster.credits.portal.Shown;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class StatementPageTest {

    private static final String OF_A_RUN =
            ", 'action': 'tap', 'quantity': 2, 'project_id': 'checkout', 'test_id': 'guest-can-pay', 'run_id': 'run-1'";
    private static final Pattern POSTING = Pattern.compile("href=\"/billing/statement/([a-z]+_[0-9a-f-]+)\"");
    private static final Pattern OLDER = Pattern.compile("href=\"(/billing/statement\\?[^\"]*after=[^\"]*)\"");

    private static List<String> all(Pattern pattern, Shown page) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(page.body());
        while (matcher.find()) {
            found.add(matcher.group(1).replace("&amp;", "&"));
        }
        return found;
    }

    @Test
    void whatWasPostedIsListedInTheReadersWords() {
        Customer customer = Customer.on("basic");
        customer.debit("12.5", OF_A_RUN).is(201);
        Owner owner = Owner.of(customer);

        owner.get("/billing/statement")
                .is(200)
                .shows("Monthly credits", "+3,000", "Spent", "tap × 2", "guest-can-pay", "\u221212.5", "2,987.5");
        owner.speaking("de-DE")
                .get("/billing/statement")
                .is(200)
                .shows("Monatliche Credits", "+3.000", "Verbrauch", "\u221212,5", "2.987,5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    kind=debit                          | 12.5
                    kind=monthly_grant                  | +3,000
                    project=checkout&test=guest-can-pay | 12.5
                    run=run-1                           | 12.5
                    action=tap&kind=debit               | 12.5
                    from=2000-01-01                     | 12.5
                    to=2000-01-01                       | No posting matches these filters.
                    run=another                         | No posting matches these filters.
                    kind=top_up                         | No posting matches these filters.
                    """)
    void filtersFindWhatTheyAreFor(String query, String shown) {
        Customer customer = Customer.on("basic");
        customer.debit("12.5", OF_A_RUN).is(201);

        Owner.of(customer).get("/billing/statement?" + query).is(200).shows(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    kind=free                            | There is no such kind.
                    from=yesterday                       | The first day must be a date.
                    to=%2B999999999-01-01                | The last day must be a date.
                    project=%3Cscript%3Ealert%3C/script%3E | A project's id has letters
                    after=everything                     | This place in the list does not exist.
                    """)
    void wrongFiltersAreNamedAndShownAgainAsText(String query, String shown) {
        Shown page = Owner.of(Customer.on("basic"))
                .get("/billing/statement?" + query)
                .is(400);

        page.shows(shown);
        assertThat(page.body()).doesNotContain("<script>alert");
    }

    @Test
    void olderPostingsFollowEachOnce() {
        Customer customer = Customer.on("basic");
        String debits = IntStream.range(0, 120)
                .mapToObj(i -> "{'account_id': '%s', 'idempotency_key': '%d', 'credits': 1, 'project_id': '%s'}"
                        .formatted(customer.id, i, i % 2 == 0 ? "even" : "odd"))
                .collect(Collectors.joining(", "));
        Customer.post("/v1/debits", "{'debits': [" + debits + "]}").is(200);
        Owner owner = Owner.of(customer);

        assertThat(listed(owner, "/billing/statement")).hasSize(121).doesNotHaveDuplicates();
        assertThat(listed(owner, "/billing/statement?project=odd")).hasSize(60).doesNotHaveDuplicates();
    }

    private static List<String> listed(Owner owner, String from) {
        List<String> found = new ArrayList<>();
        List<String> next = List.of(from);
        while (!next.isEmpty()) {
            Shown page = owner.get(next.get(0)).is(200);
            assertThat(all(POSTING, page)).hasSizeLessThanOrEqualTo(50);
            found.addAll(all(POSTING, page));
            next = all(OLDER, page);
        }
        return found;
    }

    @Test
    void theCsvHasWhatTheFilterIsFor() {
        Customer customer = Customer.on("basic");
        customer.debit("12.5", OF_A_RUN).is(201);

        Shown csv = Owner.of(customer).get("/billing/statement.csv?kind=debit").is(200);

        assertThat(csv.headers()).containsEntry("content-type", "text/csv; charset=utf-8");
        assertThat(csv.body().lines().toList()).hasSize(2);
        assertThat(csv.body()).startsWith("id,kind,credits,").contains(",debit,-12.5,12.5,2987.5,");
    }

    @Test
    void aPostingIsExplained() {
        Customer customer = Customer.on("basic");
        customer.topUp("1").is(201);
        String debit = String.valueOf(customer.debit("3000.5", OF_A_RUN).is(201).at("id"));
        customer.reverse(debit, "{'credits': 0.5, 'reason': 'A step too many'}").is(201);
        Owner owner = Owner.of(customer);

        owner.get("/billing/statement/" + debit)
                .is(200)
                .shows(
                        "You spent 3,000.5 credits on",
                        "You got 0.5 credits of that back since.",
                        "Your balance was 0.5 credits afterwards.",
                        "Where the credits came from",
                        "Top-ups",
                        "\u22123,000",
                        "A step too many",
                        "API key",
                        debit);
        owner.speaking("de")
                .get("/billing/statement/" + debit)
                .is(200)
                .shows("3.000,5 Credits verbraucht", "Woher die Credits kamen");
    }

    @Test
    void anotherAccountsPostingIsNotThere() {
        String foreign =
                String.valueOf(Customer.on("basic").debit("1", OF_A_RUN).is(201).at("id"));

        Owner.of(Customer.on("basic"))
                .get("/billing/statement/" + foreign)
                .is(404)
                .shows("No such posting")
                .showsNot("guest-can-pay");
    }

    @Test
    void whatCallersWroteIsShownAndNotRun() {
        Customer customer = Customer.on("basic");
        String id = String.valueOf(Customer.post(
                        customer.path("/top-ups"),
                        Customer.newKey(),
                        "{'credits': 5, 'reference': '<script>alert(1)</script>', 'note': '\\u0022><img src=x onerror=alert(2)>',"
                                + " 'metadata': {'branch': '</dd><script>alert(3)</script>'}}")
                .is(201)
                .at("id"));
        Owner owner = Owner.of(customer);

        for (String path : List.of("/billing/statement", "/billing/statement/" + id)) {
            Shown page = owner.get(path).is(200).shows("alert(1)");
            assertThat(page.body()).doesNotContain("<script>alert", "<img");
        }
    }
}
