package ai.mavster.credits.alert.mail;

import static ai.mavster.credits.ledger.ServiceClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.ServiceClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Processes that mail what is in one database, each of which looks for it every second. */
class MailIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final MailServer SERVER = new MailServer();

    private static DatabaseAddress database;
    private static Map<String, String> environment;

    @BeforeAll
    static void start() {
        database = TestDatabase.empty("mail");
        environment = new HashMap<>(Map.of(
                "CREDITS_DB_URL", database.url(),
                "CREDITS_DB_USER", database.user(),
                "CREDITS_DB_PASSWORD", database.password(),
                "CREDITS_MAIL_POLL_EVERY", "1s"));
        SERVER.start()
                .forEach((name, value) ->
                        environment.put(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    private static String address(String accountId) {
        return accountId + "@example.com";
    }

    /** An account with an alert to be mailed. */
    private static void alert(ServiceClient client, String accountId) throws IOException {
        client.open(accountId, 3000);
        String path = "/v1/accounts/" + accountId;
        expect(200, client.put(path, "{\"billing_email\": \"" + address(accountId) + "\"}"));
        expect(200, client.put(path + "/alert-settings", "{\"debit_above\": 10}"));
        expect(201, client.debit(accountId, "large", 11));
    }

    private static long count(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void awaitAllSent() {
        Eventually.holds(DEADLINE, () -> count("SELECT count(*) FROM mail") == 0, () -> "some waits to be sent");
    }

    @Test
    void processesSideBySideSendNothingTwice() throws Exception {
        List<String> accounts =
                IntStream.range(0, 40).mapToObj(i -> "beside-" + i).toList();
        try (ServiceProcess first = ServiceProcess.start(environment);
                ServiceProcess second = ServiceProcess.start(environment)) {
            List<ServiceClient> clients = List.of(new ServiceClient(first), new ServiceClient(second));
            for (int i = 0; i < accounts.size(); i++) {
                alert(clients.get(i % 2), accounts.get(i));
            }
            awaitAllSent();
        }
        assertThat(accounts).allSatisfy(id -> assertThat(SERVER.of(address(id))).hasSize(1));
    }

    /** The server takes its connection and says nothing, so it is killed with the mail under way. */
    @Test
    void whatAKilledProcessWasSendingIsSentByAnother() throws Exception {
        try (ServiceProcess killed = ServiceProcess.start(environment)) {
            SERVER.silent();
            alert(new ServiceClient(killed), "killed");
            Eventually.holds(
                    DEADLINE,
                    () -> count("SELECT count(*) FROM mailbox WHERE account_id = 'killed' AND attempts > 0") == 1,
                    () -> "nobody sends");
            killed.kill();
            SERVER.back();
            assertThat(count("SELECT count(*) FROM mail WHERE account_id = 'killed'"))
                    .isEqualTo(1);
        }
        try (ServiceProcess other = ServiceProcess.start(environment)) {
            awaitAllSent();
            assertThat(other.log()).doesNotContain("ERROR");
        }
        assertThat(SERVER.of(address("killed"))).hasSize(1);
    }
}
