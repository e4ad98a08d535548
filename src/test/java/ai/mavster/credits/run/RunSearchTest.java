package ai.mavster.credits.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.run.record.RunRepository;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Few runs among many: what a page does not look through, the next one does. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RunSearchTest {

    private static final int RUNS = RunRepository.SEARCHED + 100;

    @Inject
    AgroalDataSource database;

    @Test
    void pagesLeadToWhatIsFarDown() throws Exception {
        Customer customer = customer();

        List<String> found = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = Customer.get(customer.path("/runs?test_id=test-50" + cursor));
            sizes.add(page.rows("data", "run_id").size());
            found.addAll(page.rows("data", "run_id"));
            cursor = page.at("next_cursor") == null ? null : "&cursor=" + page.at("next_cursor");
        } while (cursor != null);

        assertThat(sizes).containsExactly(0, 1);
        assertThat(found).containsExactly("run-50");
    }

    /** Who knows about when finds it at once. */
    @Test
    void theSearchBeginsWhereTheTimeEnds() throws Exception {
        Customer customer = customer();
        String startedAt = Customer.get(customer.path("/runs/run-60")).is(200).at("started_at");
        Reply page = Customer.get(customer.path("/runs?test_id=test-50&to=" + startedAt))
                .is(200);
        assertThat(page.rows("data", "run_id")).containsExactly("run-50");
    }

    @Test
    void noRunIsLostBetweenTwoPages() throws Exception {
        Customer customer = customer();
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = Customer.get(customer.path("/runs?project_id=odd&limit=700" + cursor));
            found.addAll(page.rows("data", "run_id"));
            cursor = page.at("next_cursor") == null ? null : "&cursor=" + page.at("next_cursor");
        } while (cursor != null);

        List<String> expected = new ArrayList<>();
        for (int run = RUNS; run >= 1; run--) {
            if (run % 2 == 1) {
                expected.add("run-" + run);
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    private Customer customer() throws Exception {
        Customer customer = Customer.create();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        INSERT INTO run (account_id, run_id, status, project_id, test_id, spent, nested_spent, started_at, finished_at, seen_at, refused)
                        SELECT ?, 'run-' || n, 'success', CASE WHEN n % 2 = 1 THEN 'odd' ELSE 'even' END, 'test-' || n, 0, 0,
                               b.as_of + n * interval '1 ms', b.as_of + n * interval '1 ms', b.as_of, 0
                        FROM account_balance b, generate_series(1, ?) n WHERE b.account_id = ?""")) {
            statement.setString(1, customer.id);
            statement.setInt(2, RUNS);
            statement.setString(3, customer.id);
            statement.executeUpdate();
        }
        return customer;
    }
}
