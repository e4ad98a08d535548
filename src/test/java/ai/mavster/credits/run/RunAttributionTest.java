package ai.mavster.credits.run;

import static ai.mavster.credits.run.RunCalls.debit;
import static ai.mavster.credits.run.RunCalls.finish;
import static ai.mavster.credits.run.RunCalls.isProved;
import static ai.mavster.credits.run.RunCalls.named;
import static ai.mavster.credits.run.RunCalls.run;
import static ai.mavster.credits.run.RunCalls.start;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose cost it is: what a debit names of its run, and what it takes from it, on whatever path it comes. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RunAttributionTest {

    private static final String OF_RUN = ", 'workspace_id': 'w', 'project_id': 'p', 'test_id': 't'";

    /** One debit by a path: the account's, the run's own, or the one for many. */
    private static Reply spend(String path, Customer customer, String runId, String key, String fields) {
        return switch (path) {
            case "run" -> debit(customer, runId, key, fields);
            case "plain" -> Customer.post(customer.path("/debits"), key, "{" + fields + named(runId) + "}");
            case "bulk" -> {
                Reply bulk = Customer.post(
                                "/v1/debits",
                                "{'debits': [{'account_id': '%s', 'idempotency_key': '%s', %s%s}]}"
                                        .formatted(customer.id, key, fields, named(runId)))
                        .is(200);
                int status = Integer.parseInt(bulk.at("results/0/status"));
                yield new Reply(
                        status,
                        bulk.json().at("/results/0/replayed").asBoolean() ? "true" : null,
                        null,
                        bulk.at(status == 201 ? "results/0/debit" : "results/0/problem"));
            }
            default -> throw new IllegalArgumentException(path);
        };
    }

    private static List<String> usage(Customer customer) {
        return Customer.get(customer.path("/usage?bucket=month&group_by=workspace,project,test"))
                .is(200)
                .rows("data", "workspace_id", "project_id", "test_id", "credits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "plain", "bulk"})
    void aDebitOfARunIsForWhatTheRunIsFor(String path) {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'hold': 30" + OF_RUN).is(201).at("run_id");
        spend(path, customer, runId, Customer.newKey(), "'credits': 7").is(201);
        spend(path, customer, runId, Customer.newKey(), "'credits': 5, 'project_id': 'p'")
                .is(201);
        assertThat(customer.entries("?run_id=" + runId)
                        .rows("data", "credits", "workspace_id", "project_id", "test_id"))
                .containsExactly("-5 w p t", "-7 w p t");
        assertThat(usage(customer)).contains("w p t 12").doesNotContain("null null null 12");
        assertThat(run(customer, runId).all("spent", "hold/captured")).isEqualTo("12 12");
        isProved(customer);
    }

    @ParameterizedTest
    @CsvSource({
        "run, workspace_id",
        "run, project_id",
        "run, test_id",
        "plain, workspace_id",
        "plain, project_id",
        "plain, test_id",
        "bulk, workspace_id",
        "bulk, project_id",
        "bulk, test_id"
    })
    void anotherOneThanTheRunsIsInvalid(String path, String field) {
        Customer customer = Customer.having("100");
        String runId = start(customer, OF_RUN).is(201).at("run_id");
        String another = "'credits': 1, '" + field + "': 'another'";
        String key = Customer.newKey();
        assertThat(spend(path, customer, runId, key, another)
                        .is(400, "invalid_request")
                        .rows("errors", "field"))
                .containsExactly(field);
        finish(customer, runId, "success").is(200);
        spend(path, customer, runId, key, another).is(400, "invalid_request");
        assertThat(run(customer, runId).all("spent", "refusal_count")).isEqualTo("0 0");

        // Nothing happened under the key.
        spend(path, customer, runId, key, "'credits': 1").is(201);
        assertThat(run(customer, runId).at("spent")).isEqualTo("1");
    }

    @Test
    void inABulkOnlyThatItemFails() {
        Customer customer = Customer.having("100");
        String runId = start(customer, OF_RUN).is(201).at("run_id");
        String item = "{'account_id': '%s', 'idempotency_key': '%s', 'credits': 2%s%s}";
        Reply bulk = Customer.post(
                "/v1/debits",
                "{'debits': ["
                        + String.join(
                                ", ",
                                item.formatted(customer.id, "one", named(runId), ""),
                                item.formatted(customer.id, "two", named(runId), ", 'project_id': 'q'"),
                                item.formatted(customer.id, "three", named(runId), ""))
                        + "]}");
        assertThat(bulk.is(200).rows("results", "status")).containsExactly("201", "400", "201");
        assertThat(bulk.at("results/1/problem/errors/0/field")).isEqualTo("project_id");
        assertThat(run(customer, runId).at("spent")).isEqualTo("4");
    }

    /** What was accepted while the run was a label only is told again, though it would be invalid by now. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "bulk"})
    void aRepeatGetsItsAnswerWhateverTheRunSaysSince(String path) {
        Customer customer = Customer.having("100");
        String fields = "'credits': 3, 'project_id': 'early'";
        Reply first = spend(path, customer, "late", "key", fields).is(201);
        start(customer, named("late") + OF_RUN).is(201);

        Reply again = spend(path, customer, "late", "key", fields).is(201);
        assertThat(again.replayed()).isEqualTo("true");
        assertThat(again.json()).isEqualTo(first.json());
        spend(path, customer, "late", "another-key", fields).is(400, "invalid_request");

        // It is the run's, but stays what it was for when it was debited, and has drawn on nothing.
        assertThat(run(customer, "late").at("spent")).isEqualTo("3");
        assertThat(usage(customer)).contains("null early null 3");
        isProved(customer);
    }

    /** What a run does not say may be said by its debits, and by the runs below it. */
    @Test
    void whatTheRunLeavesOpenTheDebitMaySay() {
        Customer customer = Customer.having("100");
        String runId = start(customer, ", 'project_id': 'p'").is(201).at("run_id");
        debit(customer, runId, Customer.newKey(), "'credits': 1, 'test_id': 'one'")
                .is(201);
        debit(customer, runId, Customer.newKey(), "'credits': 2, 'test_id': 'two'")
                .is(201);
        assertThat(usage(customer)).contains("null p one 1", "null p two 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                                                         | w p t
            , 'test_id': 'u'                                             | w p u
            , 'project_id': 'q', 'test_id': 'u'                          | w q u
            , 'workspace_id': 'v', 'project_id': 'q', 'test_id': 'u'     | v q u
            """)
    void aRunBelowTakesFromItsParentWhatItDoesNotSay(String said, String expected) {
        Customer customer = Customer.having("100");
        String above = start(customer, OF_RUN).is(201).at("run_id");
        String own = (said == null ? "" : said) + ", 'parent_run_id': '" + above + "'";
        String below = start(customer, ", 'hold': 10" + own).is(201).at("run_id");
        String deepest =
                start(customer, ", 'parent_run_id': '" + below + "'").is(201).at("run_id");
        start(customer, named("blocked") + ", 'estimate': 1000" + own).is(402);

        for (String runId : List.of(below, deepest, "blocked")) {
            assertThat(run(customer, runId).all("workspace_id", "project_id", "test_id"))
                    .isEqualTo(expected);
        }
        spend("bulk", customer, deepest, Customer.newKey(), "'credits': 4").is(201);
        debit(customer, below, Customer.newKey(), "'credits': 4, 'project_id': 'nobodys'")
                .is(400);
        assertThat(usage(customer)).contains(expected + " 4");
        assertThat(run(customer, below).all("nested_spent", "hold/captured")).isEqualTo("4 4");
        isProved(customer);
    }
}
