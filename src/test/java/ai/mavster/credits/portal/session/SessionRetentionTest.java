package ai.mavster.credits.portal.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Dump;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class SessionRetentionTest {

    @Inject
    SessionRetention retention;

    @Inject
    MovableClock clock;

    @Inject
    AgroalDataSource database;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void sessionsLeaveOnceTheyHaveEndedAndNotBefore() {
        Customer customer = Customer.create();
        Customer.post(customer.path("/portal-sessions"), "{}").is(201);

        clock.moveBy(Duration.ofMinutes(124));
        retention.run();
        assertThat(Dump.rowsOf(database, customer.id)).containsEntry("portal_session", 1L);

        clock.moveBy(Duration.ofMinutes(2));
        retention.run();
        assertThat(Dump.rowsOf(database, customer.id)).doesNotContainKey("portal_session");
    }
}
