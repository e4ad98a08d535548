package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.KillablePostgres;
import ai.mavster.credits.embedded.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The database is away for a while, or hangs: everybody is told so soon, and once it is back nobody has to do anything.
 */
class OutageIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String ACCOUNT = "outage-1";

    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    private static KillablePostgres postgres;
    private static ServiceProcess service;
    private static ServiceClient client;
    private static LedgerRows rows;

    @BeforeAll
    static void start() throws Exception {
        postgres = KillablePostgres.start();
        service = ServiceProcess.start(Map.of(
                "CREDITS_DB_URL", postgres.address().url(),
                "CREDITS_DB_USER", postgres.address().user(),
                "CREDITS_DB_PASSWORD", postgres.address().password()));
        client = new ServiceClient(service);
        rows = new LedgerRows(postgres.address());
        client.open(ACCOUNT, 3000);
    }

    @AfterEach
    void thaw() throws Exception {
        postgres.thaw();
    }

    @AfterAll
    static void stop() throws Exception {
        THREADS.shutdownNow();
        service.close();
        postgres.close();
    }

    @Test
    void theDatabaseDiesAndReturns() throws Exception {
        postgres.kill();
        answersSoon("dead-1");
        awaitReadiness(503);
        assertThat(client.get("/q/health/live").status()).isEqualTo(200);
        answersSoon("dead-2");
        pagesSaySo();

        postgres.restart();
        allIsWell("dead-1", "dead-2");
    }

    @Test
    void theDatabaseHangsAndGoesOn() throws Exception {
        postgres.freeze();
        answersSoon("hung-1");
        assertThat(client.get("/q/health/live").status()).isEqualTo(200);
        answersSoon("hung-2");
        pagesSaySo();
        awaitReadiness(503);

        postgres.thaw();
        allIsWell("hung-1", "hung-2");
    }

    /** Each kind of request, several at once: all are told that the database is away. */
    private void answersSoon(String key) throws Exception {
        Map<String, Callable<ServiceClient.Reply>> requests = new LinkedHashMap<>();
        requests.put("debit", () -> client.debit(ACCOUNT, key, 5));
        requests.put("top-up", () -> client.topUp(ACCOUNT, key + "-top-up", 5));
        requests.put("balance", () -> client.get("/v1/accounts/" + ACCOUNT + "/balance"));
        requests.put("preflight", () -> client.post("/v1/preflights", null, "{\"account_id\": \"" + ACCOUNT + "\"}"));
        requests.put("account", () -> client.get("/v1/accounts/" + ACCOUNT));
        requests.put("new account", () -> client.put("/v1/accounts/" + key, "{}"));
        requests.put("entries", () -> client.get("/v1/accounts/" + ACCOUNT + "/entries"));
        requests.put("proof", () -> client.get("/v1/accounts/" + ACCOUNT + "/proof"));
        requests.put("plans", () -> client.get("/v1/plans"));
        requests.put("renewals", () -> client.post("/v1/renewals", null, "{}"));
        requests.put("API keys", () -> client.get("/v1/api-keys"));
        List<String> names = new ArrayList<>();
        List<Future<ServiceClient.Reply>> replies = new ArrayList<>();
        for (int time = 0; time < 4; time++) {
            requests.forEach((name, request) -> {
                names.add(name);
                replies.add(THREADS.submit(request));
            });
        }
        Map<String, Long> longest = new LinkedHashMap<>();
        for (int i = 0; i < replies.size(); i++) {
            ServiceClient.Reply reply = replies.get(i).get();
            String name = names.get(i);
            longest.merge(name, reply.took().toMillis(), Math::max);
            assertThat(reply.status()).as("%s: %s", name, reply).isEqualTo(503);
            assertThat(reply.headers().firstValue("Content-Type")).as(name).hasValue("application/problem+json");
            assertThat(reply.headers().firstValue("Retry-After")).as(name).isPresent();
        }
        System.out.println("OutageIT, " + key + ", longest answers in ms: " + longest);
        assertThat(longest.values()).allSatisfy(millis -> assertThat(millis).isLessThan(PATIENCE.toMillis()));
    }

    /** A session can be looked up no more than anything else: it is not said to have ended. */
    private void pagesSaySo() throws Exception {
        String unknown = "00000000-0000-7000-8000-000000000000." + "s".repeat(43);
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(service.url().resolve("/operator"))
                                .header("Cookie", "credits_operator=" + unknown)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).as(page.body()).isEqualTo(503);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Retry-After")).isPresent();
        assertThat(page.body()).contains("Not available right now");
    }

    private void awaitReadiness(int status) {
        Eventually.holds(DEADLINE, () -> service.readiness() == status, () -> "readiness is " + status);
    }

    /** The service serves again by itself, and who repeats a key has its effect once. */
    private void allIsWell(String... keys) throws Exception {
        long back = System.nanoTime();
        Eventually.holds(DEADLINE, () -> works(keys[0]), () -> "debits work again");
        System.out.println("OutageIT, debits work again in ms: "
                + Duration.ofNanos(System.nanoTime() - back).toMillis());
        awaitReadiness(200);
        for (String key : keys) {
            ServiceClient.expect(201, client.debit(ACCOUNT, key, 5));
            assertThat(client.debit(ACCOUNT, key, 5).replayed()).isTrue();
            ServiceClient.expect(201, client.topUp(ACCOUNT, key + "-top-up", 5));
            assertThat(rows.postings(ACCOUNT, key)).isOne();
        }
        assertThat(client.balance(ACCOUNT)).isEqualByComparingTo("3000");
        ServiceClient.expect(200, client.get("/v1/accounts/" + ACCOUNT + "/entries"));
        ServiceClient.expect(200, client.get("/v1/api-keys"));
        ServiceClient.expect(200, client.post("/v1/renewals", null, "{}"));
        client.prove(ACCOUNT);
        rows.check();
    }

    private boolean works(String key) throws IOException {
        ServiceClient.Reply reply = client.debit(ACCOUNT, key, 5);
        assertThat(reply.status()).isIn(201, 503);
        return reply.status() == 201;
    }
}
