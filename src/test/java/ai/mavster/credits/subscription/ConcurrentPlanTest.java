package ai.mavster.credits.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two admins at once: one changes a plan while the other's change of a subscription to it waits for its account. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConcurrentPlanTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @Inject
    AgroalDataSource database;

    private final String plan = "plan-" + UUID.randomUUID();
    private Customer customer;

    @BeforeEach
    void begin() {
        customer = Customer.create();
        allot(100);
    }

    private void allot(int credits) {
        assertThat(Customer.put("/v1/plans/" + plan, "{'name': 'Story', 'monthly_credits': " + credits + "}")
                        .status())
                .isIn(200, 201);
    }

    private Reply subscribe(String more) {
        return customer.subscribe("{'plan': '" + plan + "', 'status': 'active'" + more + "}");
    }

    /**
     * What becomes of a change of the subscription if the plan is changed after it was asked for and before it is
     * decided.
     */
    private Reply meanwhile(String more, int credits) throws Exception {
        CompletableFuture<Reply> change;
        try (Connection rival = database.getConnection()) {
            rival.setAutoCommit(false);
            try {
                query(
                        rival,
                        "SELECT count(*) FROM (SELECT 1 FROM account_balance WHERE account_id = '" + customer.id
                                + "' FOR UPDATE) locked");
                String since = query(rival, "SELECT clock_timestamp()::text");
                change = CompletableFuture.supplyAsync(() -> subscribe(more));
                Eventually.holds(
                        DEADLINE,
                        () -> !query("""
                                SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()
                                AND query LIKE '%%account_balance%%FOR%%UPDATE%%' AND query_start > '%s'""".formatted(since)).equals("0"),
                        () -> "the change is about to be decided");
                allot(credits);
            } finally {
                rival.rollback();
            }
        }
        return change.get();
    }

    /** Not within a transaction, which would see the same activity for as long as it lasts. */
    private String query(String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return query(connection, sql);
        }
    }

    private static String query(Connection connection, String sql) {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theFirstMonthIsOfThePlanAsItIsWhenItIsGranted() throws Exception {
        assertThat(meanwhile("", 250).is(200).at("allotment")).isEqualTo("250");

        assertThat(customer.balance().all("balance", "cap", "allotment")).isEqualTo("250 375 250");
        assertThat(customer.renewals().rows("data", "granted", "cap")).containsExactly("250 375");
    }

    @Test
    void theDifferenceIsOfThePlanAsItIsWhenItIsGranted() throws Exception {
        subscribe("").is(200);

        meanwhile(", 'plan_change': 'immediate_difference'", 160).is(200);

        assertThat(customer.balance().all("balance", "allotment")).isEqualTo("160 160");
    }

    @Test
    void aPlanThatIsNotThereIsRefusedBeforeAnythingIsChanged() {
        customer.subscribe("{'plan': 'no-such-plan', 'status': 'active'}").is(404, "plan_not_found");

        assertThat(Customer.get(customer.path("")).at("subscription")).isNull();
    }
}
