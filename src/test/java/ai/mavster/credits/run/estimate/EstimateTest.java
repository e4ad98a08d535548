package ai.mavster.credits.run.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run will cost, by the card and by what runs have cost before. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class EstimateTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String[] FIGURES = {"min", "expected", "max", "basis", "samples"};

    @Inject
    AgroalDataSource database;

    @Inject
    Estimates estimates;

    private Customer customer;
    private FinishedRuns runs;

    @BeforeEach
    void makeACustomer() {
        customer = Customer.create();
        runs = new FinishedRuns(database, customer);
    }

    private Reply estimate(String body) {
        return Customer.post("/v1/estimates", "{'account_id': '" + customer.id + "', " + body + "}");
    }

    @Test
    void withoutAnAccountTheCardAnswersAlone() {
        for (int i = 0; i < 5; i++) {
            runs.of("/mave/chat", "->12", Instant.parse("2026-11-01T00:00:00Z").plusSeconds(i));
        }
        String items = "'items': [{'action': '/mave/chat'}, {'action': 'tap:scratch', 'quantity': 2}]";
        assertThat(estimate(items).is(200).rows("items", "basis")).containsExactly("history", "rate_card");
        Reply byCard = Customer.post("/v1/estimates", "{" + items + "}").is(200);
        assertThat(byCard.all(FIGURES)).isEqualTo("12 32 52 rate_card 0");
        assertThat(byCard.rows("items", "expected", "basis")).containsExactly("30 rate_card", "2 rate_card");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `'items': [{'action': 'wait'}], 'test_id': 't'`    | account_id
            `'items': [{'action': 'wait'}], 'project_id': 'p'` | account_id
            `'test_id': 't'`                                   | account_id
            `'items': null`                                    | items
            `'items': [{'action': 'no'}]`                      | items[0].action
            """)
    void whatIsAnAccountsNeedsOne(String body, String field) {
        assertThat(Customer.post("/v1/estimates", "{" + body + "}").is(400).at("errors/0/field"))
                .isEqualTo(field);
    }

    private void finished(String testId, String projectId, String status, String... figures) {
        for (int i = 0; i < figures.length; i++) {
            runs.add(testId, projectId, status, figures[i], THEN.plusSeconds(i));
        }
    }

    @Test
    void byTheCardARangeIsWhatItCosts() {
        Reply estimate = estimate("'items': [{'action': 'tap:scratch', 'quantity': 2.50}, {'action': '/mave/chat'},"
                        + " {'action': 'keyboard', 'quantity': 9}]")
                .is(200);

        assertThat(estimate.all(FIGURES)).isEqualTo("12.5 32.5 52.5 rate_card 0");
        assertThat(estimate.rows("items", "action", "quantity", "min", "expected", "max", "basis", "samples"))
                .containsExactly(
                        "tap:scratch 2.5 2.5 2.5 2.5 rate_card 0",
                        "/mave/chat 1 10 30 50 rate_card 0",
                        "keyboard 9 0 0 0 rate_card 0");
    }

    /** What a unit cost in each run, however many its debits were for: 20, 22, 18, 12 and 30. */
    @Test
    void anActionThatFiveRunsHaveUsedGoesByThem() {
        List<String> figures = List.of("->20", "->44*2", "5>36*2", "->12", "->75*2.5");
        for (int i = 0; i < 4; i++) {
            runs.of("/mave/chat", figures.get(i), THEN);
        }
        String items = "'items': [{'action': '/mave/chat', 'quantity': 2}]";
        assertThat(estimate(items).is(200).all(FIGURES)).isEqualTo("20 60 100 rate_card 0");

        runs.of("/mave/chat", figures.get(4), THEN);

        assertThat(estimate(items).is(200).all(FIGURES)).isEqualTo("24 40 60 history 5");
        assertThat(estimate(items).rows("items", "min", "expected", "max", "basis", "samples"))
                .containsExactly("24 40 60 history 5");
    }

    @Test
    void itGoesByHistoryOnlyIfAllThatCostsDoes() {
        for (int i = 0; i < 6; i++) {
            runs.of("/mave/chat", "->20", THEN);
            if (i > 0) {
                runs.of("/responses", "->2", THEN);
            }
        }

        assertThat(estimate("'items': [{'action': '/mave/chat'}, {'action': '/responses'}, {'action': 'keyboard'}]")
                        .is(200)
                        .all(FIGURES))
                .isEqualTo("22 22 22 history 5");
        assertThat(estimate("'items': [{'action': '/mave/chat'}, {'action': 'tap:scratch'}]")
                        .is(200)
                        .all(FIGURES))
                .isEqualTo("21 21 21 rate_card 0");
    }

    @Test
    void onlyTheLastHundredRunsCount() {
        runs.of("/mave/chat", "->11", THEN);
        for (int i = 1; i <= 100; i++) {
            runs.of("/mave/chat", "->" + (100 + i), THEN.plusSeconds(i));
        }

        assertThat(estimate("'items': [{'action': '/mave/chat'}]").is(200).all(FIGURES))
                .isEqualTo("101 150 190 history 100");
    }

    @Test
    void whatItCostAtAnotherPriceOrOthersPaidSaysNothing() {
        String action = "story:" + UUID.randomUUID();
        Customer.put("/v1/rate-card", "{'rates': [{'action': '" + action + "', 'unit': 'u', 'credits': 7}]}")
                .is(200);
        Customer other = Customer.create();
        for (int i = 0; i < 5; i++) {
            runs.of(action, "->3", THEN);
            new FinishedRuns(database, other).of(action, "->4", Instant.now().plusSeconds(60));
        }
        String items = "'items': [{'action': '" + action + "'}]";
        assertThat(estimate(items).is(200).all(FIGURES)).isEqualTo("7 7 7 rate_card 0");

        for (int i = 0; i < 5; i++) {
            runs.of(action, "->6", Instant.now().plusSeconds(60));
        }

        assertThat(estimate(items).is(200).all(FIGURES)).isEqualTo("6 6 6 history 5");
    }

    @Test
    void figuresAreExact() {
        for (int i = 0; i < 5; i++) {
            runs.of("/mave/chat", "->20*3", THEN);
        }
        assertThat(estimate("'items': [{'action': '/mave/chat'}, {'action': '/mave/chat', 'quantity': 3}]")
                        .is(200)
                        .rows("items", "expected"))
                .containsExactly("6.666667", "20");
    }

    @Test
    void aTestIsEstimatedByItsRuns() {
        finished("checkout", "web", "success", "->1", "->2+10", "->30");
        finished("checkout", "app", "failed", "9>4");
        finished("checkout", "web", "canceled", "->100");
        finished("checkout", "web", "hard_failure", "->0");
        finished("other", "web", "success", "->100", "->100");
        estimate("'test_id': 'checkout'").is(400, "invalid_request");

        finished("checkout", "app", "success", "->5");

        assertThat(estimate("'test_id': 'checkout'").is(200).all("min", "expected", "max", "basis", "samples", "items"))
                .isEqualTo("1 5 30 history 5 []");
        assertThat(estimate("'test_id': 'checkout', 'project_id': 'web'")
                        .is(400)
                        .at("detail"))
                .contains("takes 5 finished runs of the test, and there are 3");
    }

    @Test
    void itemsAreWhatCountsWhereBothAreGiven() {
        finished("checkout", "web", "success", "->1", "->1", "->1", "->1", "->1");
        assertThat(estimate("'test_id': 'checkout', 'items': [{'action': 'tap:scratch'}, {'action': 'drag:scratch'}]")
                        .is(200)
                        .all(FIGURES))
                .isEqualTo("2.5 2.5 2.5 rate_card 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'project_id': 'p'                                                        | items
            'test_id': 'new'                                                         | items
            'items': []                                                              | items
            'items': [null]                                                          | items[0]
            'items': [{}]                                                            | items[0].action
            'items': [{'action': 'keyboard'}, {'action': 'wait'}, {'action': 'no'}]  | items[2].action
            'items': [{'action': 'tap:scratch', 'quantity': 0}]                      | items[0].quantity
            'items': [{'action': 'tap:scratch', 'quantity': 1e9}]                    | items[0].quantity
            'items': [{'action': 'tap:scratch', 'quantity': 0.0000001}]              | items[0].quantity
            'items': [{'action': '/focus-groups', 'quantity': 999999999}]            | items[0].quantity
            'credits': 1                                                             | credits
            """)
    void whatCannotBeEstimatedIsNamed(String body, String field) {
        assertThat(estimate(body).is(400, "invalid_request").rows("errors", "field"))
                .contains(field);
    }

    @Test
    void moreThanOneCommandMayMoveIsNoEstimate() {
        for (int i = 0; i < 5; i++) {
            runs.of("/mave/chat", "->1000*0.000001", THEN);
        }
        assertThat(estimate("'items': [{'action': '/mave/chat', 'quantity': 1}]")
                        .is(200)
                        .at("max"))
                .isEqualTo("1000000000");
        assertThat(estimate("'items': [{'action': '/mave/chat', 'quantity': 1.000001}]")
                        .is(400)
                        .rows("errors", "field"))
                .containsExactly("items");
    }

    /** Where it is left open how much to set aside. */
    @Test
    void theDefaultHoldIsByTheTestThenTheProjectThenTheAccount() throws SQLException {
        assertThat(hold("web", "checkout", null)).isNull();
        assertThat(hold("web", "checkout", "10")).isEqualTo("10");

        finished("a", "elsewhere", "success", "1>4", "1>4", "1>4", "1>4", "1>4");
        finished("b", "elsewhere", "canceled", "1>99", "1>99", "1>99", "1>99", "1>99");
        assertThat(hold("web", "checkout", "10")).isEqualTo("40");
        assertThat(hold(null, null, null)).isEqualTo("4");

        finished("a", "web", "failed", "1>3", "1>3", "1>3", "1>3", "1>3");
        assertThat(hold("web", "checkout", "10")).isEqualTo("30");

        finished("checkout", "app", "success", "1>2", "1>2", "1>1+1", "1>2", "1>2");
        assertThat(hold("web", "checkout", "10")).isEqualTo("30");
        assertThat(hold(null, "checkout", "10")).isEqualTo("20");
        assertThat(hold("app", "checkout", "10")).isEqualTo("20");
        assertThat(hold("app", "checkout", null)).isEqualTo("2");
    }

    private String hold(String projectId, String testId, String estimate) throws SQLException {
        Forecast forecast = estimate == null
                ? null
                : estimates.of(customer.id, new RunEstimate(Credits.parse(estimate), List.of()));
        return estimates
                .defaultHold(customer.id, projectId, testId, forecast)
                .map(Credits::toString)
                .orElse(null);
    }

    @Test
    void aRunsEstimateKnowsWhatEachActionIsToCost() throws SQLException {
        List<Item> items =
                List.of(new Item("tap:scratch", null), new Item("keyboard", null), new Item("tap:scratch", null));

        Forecast forecast = estimates.of(customer.id, new RunEstimate(null, items));

        assertThat(forecast.expected()).isEqualTo(Credits.of(2));
        assertThat(forecast.byAction()).hasToString("{tap:scratch=2, keyboard=0}");
    }
}
