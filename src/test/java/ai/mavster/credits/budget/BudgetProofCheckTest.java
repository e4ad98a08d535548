package ai.mavster.credits.budget;

import static ai.mavster.credits.budget.BudgetCalls.in;
import static ai.mavster.credits.budget.BudgetCalls.ofAccount;
import static ai.mavster.credits.budget.BudgetCalls.ofProject;
import static ai.mavster.credits.budget.BudgetCalls.start;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.budget.window.Window;
import ai.mavster.credits.budget.window.WindowKind;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.sql.Row;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What budgets have counted is counted again by the proof, whatever the checksums say. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BudgetProofCheckTest {

    @Inject
    AgroalDataSource database;

    private Customer customer;

    @BeforeEach
    void spend() {
        customer = Customer.onTestClock("2026-10-21T18:39:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        ofAccount(customer, "'usage_limit': 1000").is(201);
        ofProject(customer, "p", "'window': 'day'").is(201);
        String debit = customer.debit("10", in("p")).is(201).at("id");
        customer.advance("2026-10-22T00:00:00Z").is(200);
        customer.debit("20", in("p")).is(201);
        customer.reverse(debit, "{'credits': 4, 'reason': 'R'}").is(201);
        start(customer, "run", ", 'hold': 5" + in("p")).is(201);
        assertThat(failures()).isEqualTo("[]");
    }

    private String failures() {
        return customer.proof().at("failures");
    }

    /** With the checksum that goes with it. */
    private void forge(BudgetKey key, UnaryOperator<BudgetWindow> change) throws SQLException {
        try (Connection connection = database.getConnection()) {
            BudgetWindow row = change.apply(row(connection, key));
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE budget_window SET used = ?, peak = ?, held = ?, checksum = ? WHERE account_id = ? AND scope = ? AND scope_id = ? AND counting")) {
                update.setLong(1, row.used().millionths());
                update.setLong(2, row.peak().millionths());
                update.setLong(3, row.held().millionths());
                update.setLong(4, BudgetTable.windows().checksum(row));
                update.setString(5, key.accountId());
                update.setString(6, key.scope().id());
                update.setString(7, key.scopeId());
                assertThat(update.executeUpdate()).isEqualTo(1);
            }
        }
    }

    private static BudgetWindow row(Connection connection, BudgetKey key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT window_start, window_end, window_kind, usage_limit, used, peak, held, exceeded_at FROM budget_window
                WHERE account_id = ? AND scope = ? AND scope_id = ? AND counting""")) {
            select.setString(1, key.accountId());
            select.setString(2, key.scope().id());
            select.setString(3, key.scopeId());
            Row row = new Row(select.executeQuery());
            assertThat(row.next()).isTrue();
            Instant start = row.instant();
            Instant end = row.instant();
            return new BudgetWindow(
                    key,
                    new Window(EnumId.parse(WindowKind.class, row.text()), start, end),
                    row.creditsOrNull(),
                    row.credits(),
                    row.credits(),
                    row.credits(),
                    row.instantOrNull(),
                    true);
        }
    }

    @Test
    void whatIsUsedIsCountedAgain() throws SQLException {
        BudgetKey account = BudgetKey.ofAccount(customer.id);
        forge(account, row -> row.spent(new Credits(1)));
        assertThat(failures()).contains("account " + customer.id + " has used something else");
        forge(account, row -> row.givenBack(new Credits(1)));
        assertThat(failures()).isEqualTo("[]");
        forge(BudgetKey.ofPlan(customer.id), row -> row.givenBack(new Credits(1)));
        assertThat(failures()).contains("plan " + customer.id + " has used something else");
    }

    @Test
    void whatIsHeldIsCountedAgain() throws SQLException {
        BudgetKey project = new BudgetKey(customer.id, LimitScope.PROJECT, "p");
        forge(project, row -> row.holding(new Credits(1)));
        assertThat(failures()).contains("project p holds something else");
        forge(project, row -> row.holding(new Credits(-1)));
        assertThat(failures()).isEqualTo("[]");
    }
}
