package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.KillablePostgres;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.event.delivery.Receiver;
import ai.mavster.credits.event.delivery.Receiver.Answer;
import ai.mavster.credits.event.delivery.Receiver.Received;
import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Several processes deliver side by side, and they and the database are killed: every event arrives, in order per
 * account, and none that there is not.
 */
class WebhookIT {

    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final int ACCOUNTS = 8;

    private KillablePostgres postgres;
    private Receiver receiver;
    private final List<ServiceProcess> services = new ArrayList<>();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private String secret;

    @BeforeEach
    void start() {
        postgres = KillablePostgres.start();
        receiver = Receiver.start();
    }

    @AfterEach
    void stop() throws IOException {
        callers.shutdownNow();
        services.forEach(ServiceProcess::close);
        receiver.close();
        postgres.close();
    }

    private ServiceProcess service(boolean delivering) {
        ServiceProcess service = ServiceProcess.start(Map.of(
                "CREDITS_DB_URL", postgres.address().url(),
                "CREDITS_DB_USER", postgres.address().user(),
                "CREDITS_DB_PASSWORD", postgres.address().password(),
                "CREDITS_WEBHOOK_ALLOW_PRIVATE_TARGETS", "true",
                "CREDITS_WEBHOOK_ANSWER_WITHIN", "PT2S",
                "CREDITS_WEBHOOK_DELIVER", String.valueOf(delivering)));
        services.add(service);
        return service;
    }

    private void kill(ServiceProcess service) {
        service.kill();
        services.remove(service);
        service.close();
    }

    private void register(ServiceProcess service) throws IOException {
        JsonNode created = ServiceClient.expect(
                        201,
                        new ServiceClient(service)
                                .post("/v1/webhook-endpoints", null, "{\"url\": \"" + receiver.url() + "\"}"))
                .body();
        secret = created.path("secret").asText();
        for (int account = 0; account < ACCOUNTS; account++) {
            ServiceClient.expect(201, new ServiceClient(service).put("/v1/accounts/" + id(account), "{}"));
        }
    }

    private static String id(int account) {
        return "told-" + account;
    }

    /** Tops each account up so often, however often it has to ask. */
    private List<Future<?>> topUp(ServiceProcess service, String prefix, int times) {
        List<Future<?>> calls = new ArrayList<>();
        for (int account = 0; account < ACCOUNTS; account++) {
            String id = id(account);
            calls.add(callers.submit(() -> {
                ServiceClient client = new ServiceClient(service);
                for (int i = 0; i < times; i++) {
                    String key = prefix + i;
                    Eventually.holds(DEADLINE, () -> isPosted(client, id, key), () -> "it is posted");
                }
            }));
        }
        return calls;
    }

    private static boolean isPosted(ServiceClient client, String accountId, String key) {
        try {
            return client.topUp(accountId, key, 1).status() == 201;
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(List<Future<?>> calls) throws Exception {
        for (Future<?> call : calls) {
            call.get();
        }
    }

    private void awaitAll(ServiceProcess service, int ofEach) throws Exception {
        Eventually.holds(
                DEADLINE,
                () -> first().values().stream().allMatch(sequences -> sequences.size() == ofEach)
                        && first().size() == ACCOUNTS,
                () -> "all are received: " + first());
        assertThat(first().values())
                .allSatisfy(sequences -> assertThat(sequences)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, ofEach).boxed().toList()));
        ServiceClient client = new ServiceClient(service);
        // Connections that a killed database has left behind are noticed by the first who use them.
        Eventually.holds(
                DEADLINE,
                () -> client.get("/v1/accounts/" + id(0) + "/events").status() == 200,
                () -> "the database is reached again");
        Set<String> written = new HashSet<>();
        for (int account = 0; account < ACCOUNTS; account++) {
            JsonNode events = ServiceClient.expect(
                            200, client.get("/v1/accounts/" + id(account) + "/events?limit=1000"))
                    .body();
            assertThat(events.path("data")).hasSize(ofEach);
            events.path("data").forEach(event -> written.add(event.toString()));
        }
        for (Received request : receiver.received()) {
            assertThat(written).contains(request.json().toString());
            verify(request);
        }
    }

    private void verify(Received request) throws WebhookVerificationException {
        request.verify(secret);
    }

    /** The numbers of each account's events, as they came in first. */
    private Map<String, Set<Long>> first() {
        Map<String, Set<Long>> first = new HashMap<>();
        receiver.received()
                .forEach(request -> first.computeIfAbsent(request.accountId(), id -> new LinkedHashSet<>())
                        .add(request.sequence()));
        return first;
    }

    @Test
    void severalProcessesDeliverEachEventOnce() throws Exception {
        ServiceProcess one = service(true);
        ServiceProcess other = service(true);
        register(one);
        List<Future<?>> calls = new ArrayList<>(topUp(one, "one-", 30));
        calls.addAll(topUp(other, "other-", 30));
        await(calls);
        awaitAll(one, 60);
        assertThat(receiver.received()).hasSize(ACCOUNTS * 60);
    }

    /** Nobody has handed on what was committed. */
    @Test
    void whatWasCommittedBeforeTheProcessDiedIsDelivered() throws Exception {
        ServiceProcess silent = service(false);
        register(silent);
        await(topUp(silent, "before-", 5));
        kill(silent);
        assertThat(receiver.received()).isEmpty();
        awaitAll(service(true), 5);
    }

    /** Nobody has written down that it was taken, if it was. */
    @Test
    void whatWasUnderWayWhenTheProcessDiedIsDeliveredAgain() throws Exception {
        CountDownLatch dead = new CountDownLatch(1);
        receiver.answers(request -> {
            try {
                dead.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Answer.of(204);
        });
        ServiceProcess first = service(true);
        register(first);
        await(topUp(first, "before-", 3));
        Eventually.holds(DEADLINE, () -> receiver.received().size() >= ACCOUNTS, () -> "some are under way");
        kill(first);
        dead.countDown();
        letClaimsEnd();
        ServiceProcess second = service(true);
        await(topUp(second, "after-", 3));
        awaitAll(second, 6);
    }

    /** Half a minute passes, after which others take what a process had claimed. */
    private void letClaimsEnd() throws SQLException {
        LedgerRows rows = new LedgerRows(postgres.address());
        String claimed =
                "SELECT count(*) FROM webhook_queue WHERE claimed_by IS NOT NULL AND due_at %s now() + interval '30 seconds'";
        assertThat(rows.number(claimed.formatted("<="))).isPositive();
        assertThat(rows.number(claimed.formatted(">"))).isZero();
        rows.execute("UPDATE webhook_queue SET due_at = now() WHERE claimed_by IS NOT NULL");
    }

    @Test
    void processesAndTheDatabaseAreKilledUnderLoad() throws Exception {
        ServiceProcess posting = service(true);
        ServiceProcess delivering = service(true);
        register(posting);
        List<Future<?>> calls = topUp(posting, "load-", 150);
        awaitReceived(100);
        kill(delivering);
        delivering = service(true);
        awaitReceived(400);
        postgres.kill();
        postgres.restart();
        awaitReceived(700);
        kill(delivering);
        await(calls);
        awaitAll(posting, 150);
    }

    private void awaitReceived(int events) {
        Eventually.holds(
                DEADLINE,
                () -> receiver.received().size() >= events,
                () -> events + " events are received, and not only "
                        + receiver.received().size());
    }
}
