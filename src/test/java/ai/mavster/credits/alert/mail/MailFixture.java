package ai.mavster.credits.alert.mail;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Dump;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.embedded.Eventually;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A customer whose alerts are mailed, and where they arrive. */
abstract class MailFixture {

    @Inject
    MailDelivery delivery;

    @Inject
    MovableClock clock;

    @Inject
    AgroalDataSource database;

    MailServer server;

    final String address = "billing-" + UUID.randomUUID() + "@example.com";

    /** What another test has left waiting. */
    @BeforeEach
    void emptyMailboxes() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM mail");
            statement.execute("DELETE FROM mailbox");
        }
    }

    @AfterEach
    void setRight() {
        clock.reset();
        server.back();
    }

    /** On basic, with so much and nothing of the month's allotment used. */
    static Customer unspent(String balance) {
        Customer customer = Customer.on("basic");
        customer.topUp(balance).is(201);
        customer.adjust("-3000").is(201);
        return customer;
    }

    Customer customer(String name) {
        Customer customer = unspent("1000");
        Customer.put(
                        customer.path(""),
                        "{'billing_email': '" + address + "', 'name': '" + name + "', 'time_zone': 'Europe/Berlin'}")
                .is(200);
        Customer.put(customer.path("/alert-settings"), "{'debit_above': 10}").is(200);
        return customer;
    }

    void arrived(int mails) {
        Eventually.holds(
                Duration.ofSeconds(15),
                () -> server.of(address).size() == mails,
                () -> "there are " + mails + " mails: "
                        + server.of(address).stream().map(Received::subject).toList());
    }

    long waiting(Customer customer) {
        return Dump.rowsOf(database, customer.id).getOrDefault("mail", 0L);
    }
}
