package ai.mavster.credits.portal.overview;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.portal.Owner;
import ai.mavster.credits.portal.Shown;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class OverviewPageTest {

    private static Shown overview(Customer customer) {
        return Owner.of(customer).speaking("en-GB").get("/billing").is(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0     | All 3,000 of 3,000: with them the balance stays within the cap of 4,500.
            1500  | All 3,000 of 3,000: with them the balance stays within the cap of 4,500.
            1501  | 2,999 of 3,000: the cap is 4,500. Use 1 first for all of it.
            3000  | 1,500 of 3,000: the cap is 4,500. Use 1,500 first for all of it.
            4499  | 1 of 3,000: the cap is 4,500. Use 2,999 first for all of it.
            4500  | None of 3,000: the balance is at or above the cap of 4,500. Use 3,000 first for all of it.
            13000 | None of 3,000: the balance is at or above the cap of 4,500. Use 11,500 first for all of it.
            """)
    void saysWhatTheNextGrantComesToAndWhy(String balance, String words) {
        overview(Customer.having(balance)).shows("Next grant", words);
    }

    private static Customer in(String state) {
        Customer customer = Customer.create();
        if (state.startsWith("NEW")) {
            return state.equals("NEW") ? customer : customer.bring("1234.5");
        }
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        switch (state) {
            case "PAST_DUE", "PAUSED", "CANCELED" ->
                customer.subscribe("{'status': '" + state.toLowerCase(Locale.ROOT) + "'}")
                        .is(200);
            case "ENDS" -> customer.subscribe("{'cancel_at_period_end': true}").is(200);
            case "USED_UP" -> customer.debit("3000").is(201);
            case "HELD_UP" ->
                Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'long', 'hold': 3000}")
                        .is(201);
            case "BUDGET" -> limit(customer, 0);
            case "LIMITED" -> limit(customer, 500);
            case "CLOSED" -> Customer.delete(customer.path("")).is(200);
            default -> throw new IllegalArgumentException(state);
        }
        return customer;
    }

    private static void limit(Customer customer, int credits) {
        Customer.put(customer.path("/budgets/account/" + customer.id), "{'usage_limit': " + credits + "}")
                .is(201);
    }

    /** The button, and where it leads; "-": there is none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NEW              | 0       | No credits can be spent right now    | Choose a plan        | /billing/plans
            NEW_WITH_CREDITS | 1,234.5 | Your balance of 1,234.5 credits       | Choose a plan        | /billing/plans
            PAST_DUE         | 3,000   | Your balance of 3,000 credits         | Settle the payment   | /billing/payment
            PAUSED           | 3,000   | Your balance of 3,000 credits         | Resume the           | /billing/subscription
            CANCELED         | 3,000   | Your balance of 3,000 credits         | Choose a plan        | /billing/plans
            ENDS             | 3,000   | Your subscription ends on            | Keep the plan        | /billing/plans
            USED_UP          | 0       | Your credits are used up             | Top up credits       | /billing/top-up
            HELD_UP          | 3,000   | Runs hold all of your credits        | See the runs         | /billing/runs
            BUDGET           | 3,000   | The limit of 0 credits for the whole | See the budgets      | /billing/budgets
            LIMITED          | 3,000   | 3,000 credits, 500 can be spent             | See the budgets      | /billing/budgets
            CLOSED           | 3,000   | This account is closed               | -                    | -
            """)
    void saysWhatIsInTheWayAndHelpsWithOneButton(
            String state, String balance, String words, String button, String path) {
        Shown page = overview(in(state)).shows(balance + " credits", words);
        String notice = page.body().replaceAll("(?s).*<section class=\"notice obstacle[^>]*>(.*?)</section>.*", "$1");
        if (path.equals("-")) {
            assertThat(notice).doesNotContain("<a ");
        } else {
            assertThat(notice).containsOnlyOnce("<a ").contains("href=\"" + path + "\">" + button);
        }
    }

    @Test
    void nothingIsInTheWayOfAnOrdinaryAccount() {
        Shown page = overview(Customer.having("2000")).shows("2,000 credits", "Plan Active Basic", "Top up");
        assertThat(page.body()).doesNotContain("class=\"notice obstacle");
    }

    @Test
    void listsCreditsInTheOrderInWhichTheyAreSpent() {
        Customer customer = Customer.on("basic");
        customer.topUp("500").is(201);
        customer.grant("20", ", 'expires_at': '2098-12-24T12:00:00Z'").is(201);
        customer.grant("30", ", 'expires_at': '2098-12-24T12:00:00Z'").is(201);
        customer.grant("7", ", 'expires_at': '2098-01-31T12:00:00Z'").is(201);
        overview(customer)
                .shows("Promotional 7 31 Jan 2098 Promotional 50 24 Dec 2098 Monthly 3,000 Never Top-up 500 Never");
    }

    @Test
    void addsUpWhatIsBeyondTheFirstKinds() {
        Customer customer = Customer.on("basic");
        for (int day = 10; day < 20; day++) {
            customer.grant("1", ", 'expires_at': '2098-01-" + day + "T12:00:00Z'")
                    .is(201);
        }
        overview(customer).shows("Promotional 1 17 Jan 2098 Others 3,002 –").showsNot("18 Jan 2098");
    }

    @Test
    void saysHowFastCreditsAreUsedAndUntilWhenTheyLast() {
        Customer customer = Customer.onTestClock("2026-11-01T00:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        overview(customer).shows("Nothing was used in the last day.");
        customer.advance("2026-11-05T00:00:00Z").is(200);
        customer.debit("2000").is(201);
        Shown page = overview(customer);
        assertThat(page.body()).containsOnlyOnce("<rect x=\"290\" y=\"0\" width=\"8\" height=\"100\"/>");
        page.shows(
                "1 Nov 2026 to 1 Dec 2026 2,000 of 3,000 included",
                "500 a day on average over the last 4 days",
                "last until 7 Nov 2026: the next ones come on 1 Dec 2026.");
        customer.topUp("20000").is(201);
        overview(customer).shows("last until 17 Dec 2026");
    }

    @Test
    void isInTheReadersLanguageAndTheAccountsZone() {
        Customer customer = Customer.onTestClock("2026-11-21T23:30:00Z");
        Customer.put(customer.path(""), "{'time_zone': 'Europe/Berlin'}").is(200);
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.topUp("1234.5").is(201);
        Owner.of(customer)
                .speaking("de-DE")
                .get("/billing")
                .is(200)
                .shows("4.234,5 Credits", "Nächste Gutschrift am 22.12.2026", "265,5 von 3.000");
    }
}
