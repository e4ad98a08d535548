package ai.mavster.credits.budget;

import static ai.mavster.credits.budget.BudgetCalls.debit;
import static ai.mavster.credits.budget.BudgetCalls.figures;
import static ai.mavster.credits.budget.BudgetCalls.get;
import static ai.mavster.credits.budget.BudgetCalls.in;
import static ai.mavster.credits.budget.BudgetCalls.ofAccount;
import static ai.mavster.credits.budget.BudgetCalls.ofProject;
import static ai.mavster.credits.budget.BudgetCalls.ofWorkspace;
import static ai.mavster.credits.budget.BudgetCalls.start;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows that turn, and windows that become others in their middle. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BudgetWindowTest {

    private Customer customer;

    @BeforeEach
    void subscribe() {
        customer = Customer.onTestClock("2026-10-21T18:39:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.topUp("5000").is(201);
    }

    @AfterEach
    void allAddsUp() {
        assertThat(customer.proof().all("balanced", "failures")).isEqualTo("true []");
    }

    private static String window(Reply budget) {
        return budget.all("window_start", "resets_at");
    }

    /** Across the end of summer time: the day in Berlin has 25 hours. */
    @Test
    void aDayIsThatOfTheAccountsZone() {
        Customer.put(customer.path(""), "{'time_zone': 'Europe/Berlin'}").is(200);
        ofProject(customer, "p", "'usage_limit': 10, 'window': 'day'").is(201);
        customer.debit("10", in("p")).is(201);
        customer.advance("2026-10-24T22:00:00Z").is(200);
        assertThat(window(get(customer, "project", "p"))).isEqualTo("2026-10-24T22:00:00Z 2026-10-25T23:00:00Z");
        customer.debit("10", in("p")).is(201);
        customer.advance("2026-10-25T22:59:59.999999Z").is(200);
        customer.debit("1", in("p")).is(402, "budget_exceeded");
        customer.advance("2026-10-25T23:00:00Z").is(200);
        assertThat(figures(customer, "project", "p")).isEqualTo("0 0 10");
        customer.debit("10", in("p")).is(201);
        customer.debit("1", in("p")).is(402, "budget_exceeded");
    }

    @Test
    void aBillingPeriodTurnsAtItsInstant() {
        ofAccount(customer, "'usage_limit': 100").is(201);
        customer.debit("60").is(201);
        customer.advance("2026-11-21T18:38:59.999999Z").is(200);
        customer.debit("41").is(402, "budget_exceeded");
        customer.debit("40").is(201);
        customer.advance("2026-11-21T18:39:00Z").is(200);
        assertThat(window(get(customer, "account", customer.id)))
                .isEqualTo("2026-11-21T18:39:00Z 2026-12-21T18:39:00Z");
        customer.debit("100").is(201);
        customer.debit("1").is(402, "budget_exceeded");
    }

    /** The month then starts before what the period had counted: all of it is counted. */
    @Test
    void withoutASubscriptionItIsTheMonth() {
        ofAccount(customer, "'usage_limit': 1000").is(201);
        customer.debit("3").is(201);
        customer.advance("2026-11-10T00:00:00Z").is(200);
        customer.debit("20").is(201);
        customer.subscribe("{'cancel_at_period_end': true}").is(200);
        customer.advance("2026-11-22T00:00:00Z").is(200);
        Reply over = get(customer, "account", customer.id);
        assertThat(window(over)).isEqualTo("2026-11-01T00:00:00Z 2026-12-01T00:00:00Z");
        assertThat(over.at("used")).isEqualTo("20");
        customer.subscribe("{'plan': 'basic', 'status': 'active', 'anchor': '2026-11-05T12:34:56Z'}")
                .is(200);
        Reply again = get(customer, "account", customer.id);
        assertThat(window(again)).isEqualTo("2026-11-05T12:34:56Z 2026-12-05T12:34:56Z");
        assertThat(again.at("used")).isEqualTo("20");
        customer.debit("980").is(201);
        customer.debit("1").is(402, "budget_exceeded");
    }

    /** From quarter-hours that are cut by the start, whole ones, days; and only what counts for it. */
    @Test
    void oneThatIsMadeInTheMiddleCountsWhatWasBefore() {
        customer.debit("64", in("p")).is(201);
        customer.advance("2026-10-21T18:41:00Z").is(200);
        customer.debit("1", in("p")).is(201);
        customer.subscribe("{'anchor': '2026-10-21T18:40:00Z'}").is(200);
        customer.advance("2026-10-21T23:59:59Z").is(200);
        customer.debit("2", in("p") + ", 'workspace_id': 'w'").is(201);
        customer.advance("2026-10-22T00:00:00Z").is(200);
        String reversed = customer.debit("4", in("p")).is(201).at("id");
        customer.advance("2026-10-30T10:00:00Z").is(200);
        customer.debit("8", in("p")).is(201);
        customer.debit("16", in("q") + ", 'workspace_id': 'w'").is(201);
        customer.reverse(reversed, "{'credits': 3, 'reason': 'R'}").is(201);
        start(customer, "run", ", 'hold': 32" + in("p")).is(201);
        debit(customer, "run", "7").is(201);

        assertThat(ofProject(customer, "p", "'usage_limit': 200").is(201).all("used", "held"))
                .isEqualTo("19 25");
        assertThat(ofWorkspace(customer, "w", "").is(201).all("used", "held")).isEqualTo("18 0");
        assertThat(ofAccount(customer, "").is(201).all("used", "held")).isEqualTo("35 25");
        ofProject(customer, "p", "'window': 'day'").is(200);
        assertThat(figures(customer, "project", "p")).isEqualTo("15 25 160");
        ofProject(customer, "p", "'window': 'month'").is(200);
        assertThat(figures(customer, "project", "p")).isEqualTo("83 25 92");
    }

    @Test
    void aReversalCountsWhereItsDebitDid() {
        ofProject(customer, "p", "'usage_limit': 100, 'window': 'day'").is(201);
        String earlier = customer.debit("30", in("p")).is(201).at("id");
        customer.advance("2026-10-22T10:00:00Z").is(200);
        String later = customer.debit("50", in("p")).is(201).at("id");
        customer.reverse(earlier, "{'reason': 'R'}").is(201);
        assertThat(figures(customer, "project", "p")).isEqualTo("50 0 50");
        customer.reverse(later, "{'credits': 20, 'reason': 'R'}").is(201);
        assertThat(figures(customer, "project", "p")).isEqualTo("30 0 70");
        ofProject(customer, "p", "'window': 'month'").is(200);
        assertThat(figures(customer, "project", "p")).isEqualTo("30 0 70");
        BudgetCalls.delete(customer, "project", "p").is(204);
        assertThat(ofProject(customer, "p", "'window': 'week'").is(201).at("used"))
                .isEqualTo("30");
    }

    /** Back and forth, with debits in between, also in zones whose days start within a quarter-hour. */
    @ParameterizedTest
    @CsvSource({"Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "+01:07"})
    void anotherZoneCountsItsOwnDay(String zone) {
        ofProject(customer, "p", "'usage_limit': 1000, 'window': 'day'").is(201);
        customer.debit("1", in("p")).is(201);
        customer.advance("2026-10-21T23:59:00Z").is(200);
        customer.debit("2", in("p")).is(201);
        customer.advance("2026-10-22T05:00:00Z").is(200);
        customer.debit("4", in("p")).is(201);
        assertThat(figures(customer, "project", "p")).isEqualTo("4 0 996");
        for (String one : new String[] {zone, "UTC", zone}) {
            Customer.put(customer.path(""), "{'time_zone': '" + one + "'}").is(200);
            Reply counted = get(customer, "project", "p");
            String used = counted.at("used");
            customer.debit("8", in("p")).is(201);
            Reply after = get(customer, "project", "p");
            assertThat(window(after)).isEqualTo(window(counted));
            assertThat(after.at("used")).isEqualTo(String.valueOf(Integer.parseInt(used) + 8));
            BudgetCalls.delete(customer, "project", "p").is(204);
            assertThat(ofProject(customer, "p", "'usage_limit': 1000, 'window': 'day'")
                            .is(201)
                            .at("used"))
                    .isEqualTo(after.at("used"));
        }
    }

    /** What was deleted counts nothing; what is made anew counts all. */
    @Test
    void oneThatIsMadeAnewCountsAllOfItsWindow() {
        ofProject(customer, "p", "'usage_limit': 100").is(201);
        customer.debit("10", in("p")).is(201);
        BudgetCalls.delete(customer, "project", "p").is(204);
        customer.debit("200", in("p")).is(201);
        start(customer, "run", ", 'hold': 5" + in("p")).is(201);
        assertThat(ofProject(customer, "p", "'usage_limit': 300").is(201).all("used", "held", "remaining"))
                .isEqualTo("210 5 85");
    }

    /** However many budgets there are, the one that counts is found. */
    @Test
    void ofManyBudgetsEachIsKnown() {
        for (int i = 0; i < 12; i++) {
            ofProject(customer, "p" + i, "'usage_limit': " + i).is(201);
        }
        for (int i = 0; i < 12; i++) {
            customer.debit(i + ".5", in("p" + i)).is(402, "budget_exceeded");
            start(customer, "run" + i, ", 'hold': " + (i + 1) + in("p" + i)).is(402, "budget_exceeded");
        }
        start(customer, "run", ", 'hold': 7, 'hold_expires_in': 'PT1M'" + in("p9"))
                .is(201);
        assertThat(figures(customer, "project", "p9")).isEqualTo("0 7 2");
        customer.advance("2026-10-21T18:41:00Z").is(200);
        assertThat(figures(customer, "project", "p9")).isEqualTo("0 0 9");
        assertThat(Customer.get(customer.path("/budgets")).is(200).rows("data", "scope_id"))
                .hasSize(12);
    }
}
