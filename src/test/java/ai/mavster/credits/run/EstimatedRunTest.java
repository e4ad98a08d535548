package ai.mavster.credits.run;

import static ai.mavster.credits.run.RunCalls.debit;
import static ai.mavster.credits.run.RunCalls.finish;
import static ai.mavster.credits.run.RunCalls.isProved;
import static ai.mavster.credits.run.RunCalls.run;
import static ai.mavster.credits.run.RunCalls.start;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs that were estimated by what they will do, and what they came to. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class EstimatedRunTest {

    private static final String[] ACCURACY = {"runs", "estimated", "actual", "bias", "mape", "p50_ratio", "p90_ratio"};

    @Inject
    AgroalDataSource database;

    @Test
    void anActionCostsWhatTheCardSays() {
        Customer customer = Customer.having("1000");
        String runId = start(customer, ", 'estimate': [{'action': 'POST:/personas', 'quantity': 2}], 'hold': true")
                .is(201)
                .at("run_id");
        assertThat(run(customer, runId).all("estimated", "hold/amount")).isEqualTo("600 600");
        assertThat(debit(customer, runId, Customer.newKey(), "'action': 'POST:/personas'")
                        .is(201)
                        .at("credits"))
                .isEqualTo("300");
        Reply free = debit(customer, runId, Customer.newKey(), "'action': 'GET:/personas'")
                .is(201);
        assertThat(free.all("credits", "entries")).isEqualTo("0 []");
        debit(customer, runId, Customer.newKey(), "'action': '/mave/chat'").is(422, "amount_required");
        debit(customer, runId, Customer.newKey(), "'action': '/mave/chat', 'credits': 70")
                .is(201);
        debit(customer, runId, Customer.newKey(), "'action': 'no-such-action'").is(422, "action_not_priced");
        debit(customer, runId, Customer.newKey(), "'quantity': 2").is(400, "invalid_request");
        isProved(customer);
    }

    /** Figures worked out by hand. */
    @Test
    void whatRunsWereEstimatedToDoIsComparedWithWhatTheyDid() throws SQLException {
        Customer customer = Customer.having("3000");
        String pays = estimated(customer, "guest-can-pay", """
                {'action': 'POST:/personas', 'quantity': 2}, {'action': '/responses', 'quantity': 4},
                {'action': 'keyboard', 'quantity': 7}""");
        String persona = spends(customer, pays, "'action': 'POST:/personas'");
        customer.reverse(persona, "{'credits': 30, 'reason': 'flaky'}").is(201);
        spends(customer, pays, "'action': '/responses', 'quantity': 2, 'credits': 5");
        spends(customer, pays, "'action': '/responses', 'quantity': 3.5, 'credits': 10");
        finish(customer, pays, "success").is(200);
        String logsIn = estimated(customer, "user-logs-in", "{'action': '/mave/chat'}");
        spends(customer, logsIn, "'action': '/mave/chat', 'quantity': 1.5, 'credits': 45");
        spends(customer, logsIn, "'action': '/responses', 'credits': 3");
        finish(customer, logsIn, "failed").is(200);
        String stopped = estimated(customer, "user-logs-in", "{'action': '/mave/chat', 'quantity': 10}");
        finish(customer, stopped, "canceled").is(200);

        assertThat(run(customer, pays).all("estimated", "spent", "estimate_error"))
                .isEqualTo("612 285 -0.534314");
        assertThat(accuracy(customer, "test_id"))
                .containsExactly(
                        "guest-can-pay 1 612 285 -0.534314 1.147368 0.465686 0.465686",
                        "user-logs-in 1 30 48 0.6 0.375 1.6 1.6");
        assertThat(accuracy(customer, "project_id"))
                .containsExactly("checkout 2 642 333 -0.481308 0.761184 0.465686 1.6");
        assertThat(accuracy(customer, "action"))
                .containsExactly(
                        "POST:/personas 1 600 270 -0.55 1.222222 0.45 0.45",
                        "/mave/chat 1 30 45 0.5 0.333333 1.5 1.5",
                        "/responses 2 12 18 0.5 0.6 1.25 1.25",
                        "keyboard 1 0 0 null null null null");
        assertThat(actions(customer, pays))
                .containsExactly(
                        "/responses estimated 12, spent 15 in 2 debits of 5.5",
                        "POST:/personas estimated 600, spent 270 in 1 debits of 1",
                        "keyboard estimated 0, spent 0 in 0 debits of 0");
        assertThat(actions(customer, logsIn))
                .containsExactly(
                        "/mave/chat estimated 30, spent 45 in 1 debits of 1.5",
                        "/responses estimated null, spent 3 in 1 debits of 1");
    }

    private static String estimated(Customer customer, String testId, String items) {
        return start(customer, ", 'project_id': 'checkout', 'test_id': '" + testId + "', 'estimate': [" + items + "]")
                .is(201)
                .at("run_id");
    }

    private static String spends(Customer customer, String runId, String body) {
        return debit(customer, runId, Customer.newKey(), body).is(201).at("id");
    }

    /** The groups told apart by a field: {@code test_id}, {@code project_id} or {@code action}. */
    private static List<String> accuracy(Customer customer, String field) {
        String[] fields =
                Stream.concat(Stream.of(field), Arrays.stream(ACCURACY)).toArray(String[]::new);
        return Customer.get(customer.path("/estimate-accuracy?group_by=" + field.replace("_id", "")))
                .is(200)
                .rows("data", fields);
    }

    /** What the table keeps of a run that is over. */
    private List<String> actions(Customer customer, String runId) throws SQLException {
        List<String> actions = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT format('%s estimated %s, spent %s in %s debits of %s', action,
                            coalesce((estimated / 1000000)::text, 'null'), spent / 1000000, debits, trim_scale(quantity))
                        FROM run_action WHERE account_id = ? AND run_id = ? AND finished_at IS NOT NULL ORDER BY action""")) {
            statement.setString(1, customer.id);
            statement.setString(2, runId);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                actions.add(row.getString(1));
            }
        }
        return actions;
    }
}
