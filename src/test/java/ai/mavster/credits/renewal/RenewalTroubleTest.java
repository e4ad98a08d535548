package ai.mavster.credits.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.Scrape;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Some accounts' rows are broken, as no call could break them: their time zone is on Mars. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RenewalTroubleTest {

    @Inject
    MovableClock clock;

    @Inject
    AgroalDataSource database;

    @Inject
    RenewalMetrics metrics;

    @Inject
    RenewalJob job;

    private final List<Customer> all = new ArrayList<>();
    private Customer broken;

    @BeforeEach
    void begin() throws SQLException {
        Customer.renew(Instant.now().toString());
        broken = breakOne();
    }

    private Customer breakOne() throws SQLException {
        Customer customer = Customer.on("basic").bring("0");
        all.add(customer);
        zone(customer, "Mars/Olympus");
        return customer;
    }

    @AfterEach
    void mend() throws SQLException {
        for (Customer customer : all) {
            zone(customer, "UTC");
        }
        clock.reset();
    }

    private void zone(String zone) throws SQLException {
        zone(broken, zone);
    }

    private void zone(Customer customer, String zone) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("UPDATE subscription SET time_zone = ? WHERE account_id = ?")) {
            statement.setString(1, zone);
            statement.setString(2, customer.id);
            statement.executeUpdate();
        }
    }

    private void waitUntil(String at) {
        clock.moveBy(Duration.between(clock.instant(), Instant.parse(at)));
    }

    @Test
    void oneThatFailsIsNamedAndHoldsUpNoOther() throws SQLException {
        Customer other = Customer.on("basic").bring("0");
        String at = other.balance().at("next_grant/at");
        waitUntil(at);

        Reply tally = Customer.renew(at);

        assertThat(tally.all("failed", "failures/0/account_id", "remaining_due"))
                .isEqualTo("1 " + broken.id + " 1");
        assertThat(tally.at("failures/0/detail")).isEqualTo("Its renewal failed; the service's log says why.");
        assertThat(other.balance().at("balance")).isEqualTo("3000");

        zone("UTC");
        assertThat(Customer.renew(at).all("failed", "renewed")).isEqualTo("0 1");
        assertThat(broken.balance().at("balance")).isEqualTo("3000");
    }

    /** What was tried in vain is kept by the database: each call might be another process's. */
    @Test
    void thoseThatFailEachTimeDoNotKeepOthersOutOfALimitAndAreTriedAgain() throws SQLException {
        breakOne();
        breakOne();
        Customer one = Customer.on("basic").bring("0");
        Customer other = Customer.on("basic").bring("0");
        String at = other.balance().at("next_grant/at");
        waitUntil(at);
        String limited = "{'as_of': '" + at + "', 'limit': 2}";
        int due =
                Integer.parseInt(Customer.post("/v1/renewals", limited).is(200).at("remaining_due"));

        for (int call = 0; call <= due; call++) {
            Customer.post("/v1/renewals", limited).is(200);
        }

        assertThat(one.balance().at("balance")).isEqualTo("3000");
        assertThat(other.balance().at("balance")).isEqualTo("3000");
        assertThat(Customer.post("/v1/renewals", limited).is(200).all("renewed", "failed", "remaining_due"))
                .isEqualTo("0 2 3");
        for (Customer customer : all) {
            zone(customer, "UTC");
        }
        Customer.post("/v1/renewals", limited).is(200);
        assertThat(Customer.post("/v1/renewals", limited).is(200).all("failed", "remaining_due"))
                .isEqualTo("0 0");
        assertThat(broken.balance().at("balance")).isEqualTo("3000");
    }

    /** Nor the other way round: while others fall due all the time. */
    @Test
    void whatFailedOnceIsTriedAgainThoughOthersWait() throws SQLException {
        Customer one = Customer.on("basic").bring("0");
        Customer other = Customer.on("basic").bring("0");
        Customer another = Customer.on("basic").bring("0");
        String at = another.balance().at("next_grant/at");
        waitUntil(at);
        while (broken(Customer.post("/v1/renewals", "{'as_of': '" + at + "', 'limit': 1}")
                        .is(200))
                == 0) {
            // others, of earlier stories, come first
            assertThat(one.balance().at("balance")).isEqualTo("0");
        }
        zone("UTC");

        Reply tally = Customer.post("/v1/renewals", "{'as_of': '" + at + "', 'limit': 2}")
                .is(200);

        assertThat(tally.all("renewed", "failed", "remaining_due")).isEqualTo("2 0 2");
        assertThat(broken.balance().at("balance")).isEqualTo("3000");
        assertThat(other.balance().at("balance")).isEqualTo("0");
    }

    private static int broken(Reply tally) {
        return Integer.parseInt(tally.at("failed"));
    }

    @Test
    void theMetricsSayWhatIsDueAndSinceWhen() throws SQLException {
        zone("UTC");
        Instant due = Instant.parse(broken.balance().at("next_grant/at"));
        clock.stopAt(due.minusSeconds(1));
        job.run();
        metrics.measure();
        assertThat(Scrape.now().of("renewals_due")).isEqualByComparingTo("0");
        assertThat(Scrape.now().of("renewals_lag_seconds")).isEqualByComparingTo("0");
        clock.stopAt(due.plus(Duration.ofMinutes(10)));
        zone("Mars/Olympus");
        job.run();
        metrics.measure();

        assertThat(Scrape.now().of("renewals_due")).isEqualByComparingTo("1");
        assertThat(Scrape.now().of("renewals_lag_seconds")).isEqualByComparingTo("600");
        zone("UTC");
        clock.stopAt(due.plus(Duration.ofMinutes(11)));
        job.run();
        metrics.measure();
        assertThat(Scrape.now().of("renewals_due")).isEqualByComparingTo("0");
        assertThat(broken.balance().at("balance")).isEqualTo("3000");
    }
}
