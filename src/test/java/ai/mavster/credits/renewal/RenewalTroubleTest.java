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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One account's row is broken, as no call could break it: its time zone is on Mars. */
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

    private Customer broken;

    @BeforeEach
    void begin() throws SQLException {
        Customer.renew(Instant.now().toString());
        broken = Customer.on("basic").bring("0");
        zone("Mars/Olympus");
    }

    @AfterEach
    void mend() throws SQLException {
        zone("UTC");
        clock.reset();
    }

    private void zone(String zone) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("UPDATE subscription SET time_zone = ? WHERE account_id = ?")) {
            statement.setString(1, zone);
            statement.setString(2, broken.id);
            statement.executeUpdate();
        }
    }

    @Test
    void oneThatFailsIsNamedAndHoldsUpNoOther() throws SQLException {
        Customer other = Customer.on("basic").bring("0");
        String at = other.balance().at("next_grant/at");

        Reply tally = Customer.renew(at);

        assertThat(tally.all("failed", "failures/0/account_id", "remaining_due"))
                .isEqualTo("1 " + broken.id + " 1");
        assertThat(tally.at("failures/0/detail")).isEqualTo("Its renewal failed; the service's log says why.");
        assertThat(other.balance().at("balance")).isEqualTo("3000");

        zone("UTC");
        assertThat(Customer.renew(at).all("failed", "renewed")).isEqualTo("0 1");
        assertThat(broken.balance().at("balance")).isEqualTo("3000");
    }

    @Test
    void theMetricsSayWhatIsDueAndSinceWhen() throws SQLException {
        metrics.measure();
        assertThat(Scrape.now().of("renewals_due")).isEqualByComparingTo("0");
        assertThat(Scrape.now().of("renewals_lag_seconds")).isEqualByComparingTo("0");
        zone("UTC");
        Instant due = Instant.parse(broken.balance().at("next_grant/at"));
        clock.stopAt(due.plus(Duration.ofMinutes(10)));
        zone("Mars/Olympus");
        job.run();
        metrics.measure();

        assertThat(Scrape.now().of("renewals_due")).isEqualByComparingTo("1");
        assertThat(Scrape.now().of("renewals_lag_seconds")).isEqualByComparingTo("600");
        zone("UTC");
        job.run();
        metrics.measure();
        assertThat(Scrape.now().of("renewals_due")).isEqualByComparingTo("0");
        assertThat(broken.balance().at("balance")).isEqualTo("3000");
    }
}
