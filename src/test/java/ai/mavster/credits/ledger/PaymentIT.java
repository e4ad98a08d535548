package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.ServiceClient.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Purchases over processes that are killed, and over two that are there at once: paid is credited, once. */
class PaymentIT {

    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final int CHECKOUTS = 20;
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]{32})\"");
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    private static DatabaseAddress database;

    private final List<ServiceProcess> services = new ArrayList<>();

    @BeforeAll
    static void create() {
        database = TestDatabase.empty("payment");
    }

    /** A process that does no more than is said. */
    private ServiceProcess start(boolean announces, boolean processes) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CREDITS_DB_URL", database.url(),
                "CREDITS_DB_USER", database.user(),
                "CREDITS_DB_PASSWORD", database.password(),
                "CREDITS_PAYMENTS", "sandbox",
                "CREDITS_SANDBOX_SLOW", "PT1S",
                "CREDITS_SANDBOX_ANNOUNCE", String.valueOf(announces),
                "CREDITS_PAYMENT_EVENTS_PROCESS", String.valueOf(processes)));
        ServiceProcess service = ServiceProcess.start(environment);
        services.add(service);
        return service;
    }

    private static Reply order(ServiceProcess service, String accountId, String key) throws IOException {
        return ServiceClient.expect(
                201,
                new ServiceClient(service)
                        .post("/v1/accounts/" + accountId + "/checkouts", key, "{\"pack\": \"medium\"}"));
    }

    private static void pay(ServiceProcess service, Reply order, String card) throws Exception {
        URI page = service.url()
                .resolve(URI.create(order.body().path("url").asText()).getPath());
        String html = BROWSER.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher token = TOKEN.matcher(html);
        assertThat(token.find()).as(html).isTrue();
        String form = "token=" + token.group(1) + "&action=pay&card=" + URLEncoder.encode(card, StandardCharsets.UTF_8);
        int status = BROWSER.send(
                        HttpRequest.newBuilder(page)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
        assertThat(status).isEqualTo(303);
    }

    private static void has(ServiceProcess service, String accountId, int balance) throws IOException {
        ServiceClient client = new ServiceClient(service);
        Eventually.holds(
                WITHIN,
                () -> client.balance(accountId).intValueExact() == balance,
                () -> accountId + " has not " + balance + "\n" + service.log());
        client.prove(accountId);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void aProcessThatIsKilledInBetweenLosesAndDoublesNothing() throws Exception {
        String account = "killed";
        ServiceProcess ordering = start(false, false);
        ServiceClient.expect(201, new ServiceClient(ordering).put("/v1/accounts/" + account, "{}"));
        Reply first = order(ordering, account, "order");
        ordering.kill();

        // Between the page and the payment.
        ServiceProcess paying = start(false, false);
        Reply again = order(paying, account, "order");
        assertThat(again.replayed()).isTrue();
        assertThat(again.body()).isEqualTo(first.body());
        pay(paying, again, "card_twice");
        paying.kill();

        // Between the payment and its events.
        ServiceProcess announcing = start(true, false);
        ServiceClient client = new ServiceClient(announcing);
        Eventually.holds(
                WITHIN,
                () -> client.get("/v1/payment-events?status=received")
                                .body()
                                .path("data")
                                .size()
                        == 2,
                announcing::log);
        assertThat(client.balance(account)).isZero();
        announcing.kill();

        // Between the events and what they come to.
        ServiceProcess processing = start(true, true);
        has(processing, account, 6000);
        ServiceClient last = new ServiceClient(processing);
        Eventually.holds(
                WITHIN,
                () -> last.get("/v1/payment-events?status=processed")
                                .body()
                                .path("data")
                                .size()
                        == 2,
                processing::log);
        has(processing, account, 6000);
        services.forEach(ServiceProcess::kill);
    }

    /** Whichever announces, and whichever processes. */
    @Test
    void twoProcessesAtOnceCreditEachOnce() throws Exception {
        ServiceProcess one = start(true, true);
        ServiceProcess two = start(true, true);
        List<ServiceProcess> both = List.of(one, two);
        String account = "both";
        ServiceClient.expect(201, new ServiceClient(one).put("/v1/accounts/" + account, "{}"));
        ExecutorService threads = Executors.newFixedThreadPool(CHECKOUTS);
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < CHECKOUTS; i++) {
            int number = i;
            work.add(() -> {
                Reply ordered = order(both.get(number % 2), account, "order-" + number);
                Reply elsewhere = order(both.get((number + 1) % 2), account, "order-" + number);
                assertThat(elsewhere.body()).isEqualTo(ordered.body());
                pay(
                        both.get(number % 2),
                        ordered,
                        List.of("card_ok", "card_twice", "card_slow").get(number % 3));
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(work)) {
            done.get();
        }
        threads.shutdownNow();
        // Everything once more, shuffled, and from a month ago.
        execute("""
                INSERT INTO sandbox_event (event_id, type, object_id, created_at, due_at)
                SELECT 'again-' || n || payment_id, 'payment.paid', payment_id, now() - interval '1 month', now()
                FROM sandbox_payment, generate_series(1, 3) n ORDER BY random()""");
        has(two, account, 6000 * CHECKOUTS);
        ServiceClient client = new ServiceClient(one);
        Eventually.holds(
                WITHIN,
                () -> client.get("/v1/payment-events?status=received")
                        .body()
                        .path("data")
                        .isEmpty(),
                one::log);
        has(one, account, 6000 * CHECKOUTS);
        assertThat(client.get("/v1/payment-events?status=unexplained").body().path("data"))
                .isEmpty();
        services.forEach(ServiceProcess::close);
    }
}
