package ai.mavster.credits.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** The records of events. */
public record EventRows(AgroalDataSource database) {

    public static final Duration SOON = Duration.ofSeconds(30);

    /** Status and detail; empty: there is no record. */
    public String of(Delivery event) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select status || coalesce(': ' || detail, '') from provider_event where event_id = ?")) {
            query.setString(1, event.id());
            ResultSet found = query.executeQuery();
            return found.next() ? found.getString(1) : "";
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Status, and how much was refunded and is disputed. */
    String ofPayment(UUID paymentId) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select status, trim_scale(refunded), trim_scale(disputed) from payment where payment_id = ?")) {
            query.setObject(1, paymentId);
            ResultSet found = query.executeQuery();
            assertThat(found.next()).isTrue();
            return found.getString(1) + " " + found.getString(2) + " " + found.getString(3);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    public void awaitEnd(Delivery event) {
        Eventually.holds(SOON, () -> !of(event).startsWith("received"), () -> event + " is " + of(event));
    }

    public void endsAs(Delivery event, String record) {
        awaitEnd(event);
        assertThat(of(event)).isEqualTo(record);
    }
}
