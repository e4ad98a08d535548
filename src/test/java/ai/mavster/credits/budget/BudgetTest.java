package ai.mavster.credits.budget;

import static ai.mavster.credits.budget.BudgetCalls.debit;
import static ai.mavster.credits.budget.BudgetCalls.delete;
import static ai.mavster.credits.budget.BudgetCalls.extend;
import static ai.mavster.credits.budget.BudgetCalls.figures;
import static ai.mavster.credits.budget.BudgetCalls.finish;
import static ai.mavster.credits.budget.BudgetCalls.get;
import static ai.mavster.credits.budget.BudgetCalls.in;
import static ai.mavster.credits.budget.BudgetCalls.ofAccount;
import static ai.mavster.credits.budget.BudgetCalls.ofProject;
import static ai.mavster.credits.budget.BudgetCalls.ofWorkspace;
import static ai.mavster.credits.budget.BudgetCalls.put;
import static ai.mavster.credits.budget.BudgetCalls.start;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.Scrape;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Budgets as those see them who set them, and those who spend under them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BudgetTest {

    private Customer customer;

    @BeforeEach
    void subscribe() {
        customer = BudgetCalls.unspent("100");
    }

    @AfterEach
    void allAddsUp() {
        Reply proof = customer.proof();
        assertThat(proof.all("balanced", "chain_intact", "failures")).isEqualTo("true true []");
    }

    @Test
    void isSetChangedListedAndDeleted() {
        Reply made = ofProject(customer, "a/b", "'usage_limit': 10").is(201);
        assertThat(made.all("scope", "scope_id", "usage_limit", "alert_thresholds", "window", "billing_email"))
                .isEqualTo("project a/b 10 [50,75,90] billing_period null");
        assertThat(made.all("used", "held", "remaining")).isEqualTo("0 0 10");
        assertThat(made.at("resets_at")).isEqualTo(customer.subscription().at("current_period/end"));

        Reply changed = ofProject(
                        customer, "a/b", "'alert_thresholds': [99.5, 20, 20.0], 'billing_email': 'team@example.com'")
                .is(200);
        assertThat(changed.all("usage_limit", "alert_thresholds", "billing_email"))
                .isEqualTo("10 [20,99.5] team@example.com");
        assertThat(ofProject(customer, "a/b", "").is(200).json()).isEqualTo(changed.json());
        assertThat(get(customer, "project", "a/b").is(200).json()).isEqualTo(changed.json());
        ofProject(
                        customer,
                        "a/b",
                        "'usage_limit': null, 'billing_email': null, 'alert_thresholds': null, 'window': 'day'")
                .is(200);
        assertThat(get(customer, "project", "a/b")
                        .all("usage_limit", "remaining", "alert_thresholds", "billing_email", "window"))
                .isEqualTo("null null [] null day");
        ofAccount(customer, "'usage_limit': 50").is(201);
        ofWorkspace(customer, "w", "").is(201);

        assertThat(Customer.get(customer.path("/budgets")).is(200).rows("data", "scope", "scope_id"))
                .containsExactly("workspace w", "account " + customer.id, "project a/b");
        Reply first = Customer.get(customer.path("/budgets?limit=2")).is(200);
        assertThat(first.rows("data", "scope")).containsExactly("workspace", "account");
        Reply rest = Customer.get(customer.path("/budgets?limit=2&cursor=" + first.at("next_cursor")))
                .is(200);
        assertThat(rest.rows("data", "scope")).containsExactly("project");
        assertThat(rest.at("has_more")).isEqualTo("false");

        delete(customer, "project", "a/b").is(204);
        delete(customer, "project", "a/b").is(404, "budget_not_found");
        get(customer, "project", "a/b").is(404, "budget_not_found");
        assertThat(Customer.get(customer.path("/budgets")).rows("data", "scope"))
                .containsExactly("workspace", "account");
    }

    @Test
    void whatGoesBeyondItIsRefusedWithItsFigures() {
        ofProject(customer, "p", "'usage_limit': 10").is(201);
        customer.debit("7", in("p")).is(201);
        start(customer, "run", ", 'hold': 1.5" + in("p")).is(201);

        Scrape before = Scrape.now();
        Reply refused = customer.debit("2", in("p")).is(402, "budget_exceeded");
        before.risesBy("credits_budget_refusals_total{scope=\"project\"}", "1");
        assertThat(refused.all(
                        "required", "available", "scope", "scope_id", "usage_limit", "used", "held", "remaining"))
                .isEqualTo("2 91.5 project p 10 7 1.5 1.5");
        assertThat(refused.all("balance", "retryable_after", "action/label")).isEqualTo("93 budget See the budgets");
        assertThat(refused.at("resets_at"))
                .isEqualTo(get(customer, "project", "p").at("resets_at"));
        assertThat(refused.at("action/url")).contains("/billing/budgets?account=");
        assertThat(refused.at("detail"))
                .startsWith(
                        "The budget of project p has 1.5 credits left: of its limit of 10, 7 are used and 1.5 are held."
                                + " Raise the budget or wait until ");
        customer.debit("2", in("another")).is(201);
        customer.debit("2").is(201);
        customer.debit("1.5", in("p")).is(201);
        customer.debit("0.000001", in("p")).is(402, "budget_exceeded");
        assertThat(figures(customer, "project", "p")).isEqualTo("8.5 1.5 0");
    }

    @Test
    void whatTakesAvailableTakesUpToTheTightest() {
        ofAccount(customer, "'usage_limit': 50").is(201);
        ofProject(customer, "p", "'usage_limit': 10").is(201);
        Reply debit = customer.debit("30", in("p") + ", 'on_insufficient': 'take_available'")
                .is(201);
        assertThat(debit.all("credits", "exhausted")).isEqualTo("10 true");
        assertThat(customer.debit("100", ", 'on_insufficient': 'take_available'")
                        .is(201)
                        .at("credits"))
                .isEqualTo("40");
        customer.debit("1", ", 'on_insufficient': 'take_available'").is(402, "budget_exceeded");
    }

    @Test
    void zeroBlocksWhatCostsAndNullNothing() {
        ofProject(customer, "p", "'usage_limit': 0").is(201);
        customer.debit("0.000001", in("p")).is(402, "budget_exceeded");
        Customer.post(customer.path("/debits"), Customer.newKey(), "{'action': 'wait'" + in("p") + "}")
                .is(201);
        ofProject(customer, "p", "'usage_limit': null").is(200);
        customer.debit("60", in("p")).is(201);
        assertThat(get(customer, "project", "p").all("used", "remaining")).isEqualTo("60 null");
    }

    /** Of those that refuse the one with the least left; of ties the account, then the workspace. */
    @ParameterizedTest
    @CsvSource({
        "20, 20, 20, 21, account",
        "20, 19, 20, 21, workspace",
        "20, 20, 19, 20.5, project",
        "21, 20, 20, 21, workspace",
        "30, 25, 26, 27, workspace",
        "30, 30, 26, 27, project",
        "5, 9, 7, 10, account"
    })
    void theTightestIsNamed(String ofAccount, String ofWorkspace, String ofProject, String asked, String named) {
        ofAccount(customer, "'usage_limit': " + ofAccount).is(201);
        ofWorkspace(customer, "w", "'usage_limit': " + ofWorkspace).is(201);
        ofProject(customer, "p", "'usage_limit': " + ofProject).is(201);
        String purpose = ", 'workspace_id': 'w', 'project_id': 'p'";
        assertThat(customer.debit(asked, purpose).is(402, "budget_exceeded").at("scope"))
                .isEqualTo(named);
    }

    @Test
    void aRunsHoldCountsWhileItIsHeldAndACaptureReplacesIt() {
        ofProject(customer, "p", "'usage_limit': 50").is(201);
        ofWorkspace(customer, "w", "'usage_limit': 45").is(201);
        ofAccount(customer, "'usage_limit': 60").is(201);
        String purpose = in("p") + ", 'workspace_id': 'w'";
        start(customer, "run", ", 'hold': 40" + purpose).is(201);
        assertThat(figures(customer, "project", "p")).isEqualTo("0 40 10");
        assertThat(figures(customer, "workspace", "w")).isEqualTo("0 40 5");
        assertThat(figures(customer, "account", customer.id)).isEqualTo("0 40 20");

        start(customer, "second", ", 'hold': 6" + purpose).is(402, "budget_exceeded");
        extend(customer, "run", "5.5").is(402, "budget_exceeded");
        extend(customer, "run", "5").is(200);
        customer.debit("1", purpose).is(402, "budget_exceeded");
        debit(customer, "run", "30").is(201);
        assertThat(figures(customer, "project", "p")).isEqualTo("30 15 5");
        finish(customer, "run").is(200);
        assertThat(figures(customer, "workspace", "w")).isEqualTo("30 0 15");
        assertThat(figures(customer, "account", customer.id)).isEqualTo("30 0 30");
    }

    /** A runner that was offline posts afterwards what it has done within its hold. */
    @Test
    void whatIsReservedPassesThoughTheLimitWasLowered() {
        ofProject(customer, "p", "'usage_limit': 50").is(201);
        start(customer, "run", ", 'hold': 40" + in("p")).is(201);
        Reply lowered = ofProject(customer, "p", "'usage_limit': 5").is(200);
        assertThat(lowered.all("used", "held", "remaining")).isEqualTo("0 40 0");
        customer.debit("1", in("p")).is(402, "budget_exceeded");
        debit(customer, "run", "40.000001").is(402, "budget_exceeded");
        debit(customer, "run", "39").is(201);
        assertThat(debit(customer, "run", "5", ", 'on_insufficient': 'take_available'")
                        .is(201)
                        .at("credits"))
                .isEqualTo("1");
        debit(customer, "run", "0.000001").is(402, "budget_exceeded");
        assertThat(figures(customer, "project", "p")).isEqualTo("40 0 0");
    }

    @Test
    void loweringBelowWhatIsUsedBlocksAtOnceAndRaisingLetsPassAgain() {
        ofAccount(customer, "'usage_limit': 50").is(201);
        customer.debit("30").is(201);
        ofAccount(customer, "'usage_limit': 29").is(200);
        customer.debit("0.000001").is(402, "budget_exceeded");
        assertThat(customer.balance().all("spendable", "blocked_by")).isEqualTo("0 budget_exceeded");
        ofAccount(customer, "'usage_limit': 31").is(200);
        assertThat(customer.balance().all("spendable", "blocked_by")).isEqualTo("1 null");
        customer.debit("1").is(201);
        delete(customer, "account", customer.id).is(204);
        assertThat(customer.balance().all("spendable", "blocked_by")).isEqualTo("69 null");
    }

    /** Run c of project A draws on its own hold, then on that of b, of project B, then on that of a, of A. */
    @Test
    void holdsOfAnotherProjectInBetweenAreNewToTheOwnBudget() {
        start(customer, "a", ", 'hold': 60" + in("A")).is(201);
        start(customer, "b", ", 'hold': 20, 'parent_run_id': 'a'" + in("B")).is(201);
        start(customer, "c", ", 'hold': 5, 'parent_run_id': 'b'" + in("A")).is(201);
        assertThat(customer.balance().at("held")).isEqualTo("60");
        ofProject(customer, "A", "'usage_limit': 57").is(201);
        assertThat(figures(customer, "project", "A")).isEqualTo("0 45 12");

        // 5 of its own, 12 of b's 15, and then b would have to give more before a could.
        debit(customer, "c", "17.000001").is(402, "budget_exceeded");
        debit(customer, "c", "17").is(201);
        assertThat(figures(customer, "project", "A")).isEqualTo("17 40 0");
        debit(customer, "c", "0.000001").is(402, "budget_exceeded");
        ofProject(customer, "A", "'usage_limit': 60").is(200);
        // The 3 that b has left, and all that a has: those are counted.
        debit(customer, "c", "43.000001").is(402, "budget_exceeded");
        debit(customer, "c", "43").is(201);
        assertThat(customer.balance().all("balance", "held")).isEqualTo("40 0");
    }

    @Test
    void preflightsRunsBulkAndPagesKnowIt() {
        ofAccount(customer, "'usage_limit': 40").is(201);
        ofProject(customer, "p", "'usage_limit': 10").is(201);
        String ask = "{'account_id': '" + customer.id + "', 'credits': %s" + in("p") + "}";
        assertThat(Customer.post("/v1/preflights", ask.formatted("10")).is(200).at("outcome"))
                .isEqualTo("allowed");
        Reply preflight = Customer.post("/v1/preflights", ask.formatted("10.5")).is(200);
        assertThat(preflight.all("outcome", "problem/scope", "problem/remaining"))
                .isEqualTo("budget_exceeded project 10");

        Reply run = start(customer, "refused", ", 'estimate': 11" + in("p")).is(402, "budget_exceeded");
        assertThat(run.all("run_id", "run_status")).isEqualTo("refused hard_failure");
        String item = "{'account_id': '" + customer.id + "', 'idempotency_key': '%s', 'credits': %s" + in("p") + "}";
        Reply bulk = Customer.post(
                        "/v1/debits",
                        "{'debits': [" + item.formatted("1", "6") + ", " + item.formatted("2", "5") + ", "
                                + item.formatted("3", "4") + "]}")
                .is(200);
        assertThat(bulk.rows("results", "status")).containsExactly("201", "402", "201");
        customer.debit("30").is(201);

        Reply page = Customer.get(customer.path("")).is(200);
        assertThat(page.all("spendable", "blocked_by", "problem/code", "problem/scope"))
                .isEqualTo("0 budget_exceeded budget_exceeded account");
        assertThat(page.rows("budgets", "scope", "scope_id", "used", "remaining"))
                .containsExactly("account " + customer.id + " 40 0", "project p 10 0");
        assertThat(page.at("problem/required")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            project   | p     | 'usage_limit': -1                     | usage_limit
            project   | p     | 'usage_limit': 1000000001             | usage_limit
            project   | p     | 'usage_limit': 0.0000001              | usage_limit
            project   | p     | 'usage_limit': '5'                    | usage_limit
            project   | p     | 'alert_thresholds': [0]               | alert_thresholds[0]
            project   | p     | 'alert_thresholds': [50, 1000.5]      | alert_thresholds[1]
            project   | p     | 'alert_thresholds': [50, null]        | alert_thresholds[1]
            project   | p     | 'alert_thresholds': 50                | alert_thresholds
            project   | p     | 'window': 'year'                      | window
            project   | p     | 'billing_email': 'nobody'             | billing_email
            project   | p     | 'limit': 5                            | limit
            plan      | p     | 'usage_limit': 5                      | scope
            account   | other | 'usage_limit': 5                      | scope_id
            project   | a%20b | 'usage_limit': 5                      | scope_id
            """)
    void whatItCannotBeIsNamed(String scope, String scopeId, String body, String field) {
        Reply refused = put(customer, scope, scopeId, body).is(400);
        assertThat(refused.rows("errors", "field")).containsExactly(field);
        assertThat(Customer.get(customer.path("/budgets")).rows("data", "scope"))
                .isEmpty();
    }

    @Test
    void aClosedAccountKeepsItsBudgetsAsTheyAre() {
        ofProject(customer, "p", "'usage_limit': 10").is(201);
        start(customer, "run", ", 'hold': 4" + in("p")).is(201);
        customer.close("").is(200);
        ofProject(customer, "p", "'usage_limit': 11").is(409, "account_closed");
        delete(customer, "project", "p").is(409, "account_closed");
        assertThat(figures(customer, "project", "p")).isEqualTo("0 0 10");
    }
}
