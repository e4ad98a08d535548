package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever one caller does with a key to one account: the others are answered, and when it is over all is as it was.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "open sockets are counted in /proc")
class HostileClientsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** Of an answer to the honest, on a machine that the hostile share with the service and its database. */
    private static final Duration LOOSE = Duration.ofSeconds(15);

    private static final int ENTRIES = 100_000;
    private static final int HONEST = 4;
    private static final int ANSWERS_EACH = 20;

    /** What a collection leaves of what it found: buffers and classes that were needed once. */
    private static final long HEAP_TOLERANCE_BYTES = 48_000_000;

    /** Pools of threads grow to their size, each at its own time. */
    private static final int THREAD_TOLERANCE = 80;

    private static ServiceProcess service;
    private static LedgerRows rows;
    private static ServiceClient client;
    private static String key;
    private static long heap;
    private static long sockets;
    private static long threads;

    @BeforeAll
    static void start() throws Exception {
        DatabaseAddress database = TestDatabase.empty("hostile_clients");
        service = ServiceProcess.start(Map.of(
                "CREDITS_READING_TAKEN_WITHIN", "4S",
                "CREDITS_DB_URL", database.url(),
                "CREDITS_DB_USER", database.user(),
                "CREDITS_DB_PASSWORD", database.password()));
        rows = new LedgerRows(database);
        client = new ServiceClient(service);
        client.open("hostile", 3000);
        for (int i = 0; i < HONEST; i++) {
            client.open("honest-" + i, 1_000_000);
        }
        LongPast.give(database, "hostile", ENTRIES);
        key = ServiceClient.expect(
                        201,
                        client.post(
                                "/v1/api-keys",
                                null,
                                "{\"name\": \"hostile\", \"scopes\": [\"billing\", \"runner\"], \"account_id\": \"hostile\"}"))
                .body()
                .path("key")
                .asText();
        honest("warm-up");
        heap = heap();
        sockets = sockets();
        threads = threads();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @EnumSource
    void theOthersAreAnswered(HostileClient kind) throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        HostileClient.Target target = new HostileClient.Target(service.url(), "hostile", key, enough);
        ExecutorService hostile = Executors.newFixedThreadPool(kind.number());
        AtomicInteger begun = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        try {
            for (int i = 0; i < kind.number(); i++) {
                all.add(hostile.submit(() -> {
                    begun.incrementAndGet();
                    // With a breath between, since the service and the honest share the machine with them.
                    while (target.isUp(20)) {
                        try {
                            kind.bother(target);
                        } catch (IOException refused) {
                            // The service defends itself.
                        }
                    }
                }));
            }
            Eventually.holds(DEADLINE, () -> begun.get() == kind.number(), () -> "all of them are there");
            for (int round = 0; round < 2; round++) {
                honest(kind + "-" + round);
            }
        } finally {
            enough.countDown();
            hostile.shutdown();
        }
        for (Future<?> one : all) {
            one.get();
        }
        allIsAsItWas();
    }

    /** Debits and balances, and a key that has to be looked up, each told what is due, in time. */
    private static void honest(String name) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(HONEST);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < HONEST; i++) {
            String account = "honest-" + i;
            all.add(callers.submit(() -> {
                try {
                    for (int n = 0; n < ANSWERS_EACH; n++) {
                        inTime(ServiceClient.expect(201, client.debit(account, name + n, 1)));
                        inTime(ServiceClient.expect(200, client.get("/v1/accounts/" + account + "/balance")));
                    }
                } catch (IOException hungUp) {
                    throw new AssertionError(name + ": " + closedByLimits() + " were closed by limits", hungUp);
                }
                return null;
            }));
        }
        callers.shutdown();
        for (Future<?> one : all) {
            one.get();
        }
        inTime(ServiceClient.expect(401, new ServiceClient(service, "unknown-" + name).get("/v1/accounts/honest-0")));
    }

    private static Map<String, Double> closedByLimits() throws IOException {
        Map<String, Double> closed = new TreeMap<>();
        for (String reason : List.of("gave_way", "full", "slow_head")) {
            closed.put(reason, client.metric("connections_closed_total", reason));
        }
        return closed;
    }

    private static void inTime(ServiceClient.Reply reply) {
        assertThat(reply.took()).isLessThan(LOOSE);
    }

    private static void allIsAsItWas() {
        Eventually.holds(DEADLINE, () -> sockets() <= sockets + 30, () -> "few sockets are open");
        Eventually.holds(DEADLINE, () -> threads() <= threads + THREAD_TOLERANCE, () -> "few threads live");
        Eventually.holds(
                DEADLINE,
                () -> rows.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND pid <> pg_backend_pid() AND (state <> 'idle' OR xact_start IS NOT NULL)")
                        == 0,
                () -> "the database has nothing to do");
        Eventually.holds(DEADLINE, () -> heap() <= heap + HEAP_TOLERANCE_BYTES, () -> "the heap is as it was: " + heap);
    }

    @Test
    void theServiceIsStillReady() throws Exception {
        assertThat(service.readiness()).isEqualTo(200);
        for (int i = 0; i < HONEST; i++) {
            client.prove("honest-" + i);
        }
    }

    /** Bytes that are in use once all that can go has gone. */
    private static long heap() throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process collection = new ProcessBuilder(jcmd.toString(), Long.toString(service.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(collection.waitFor()).isZero();
        return (long) client.metric("jvm_memory_used_bytes", "area=\"heap\"");
    }

    private static long threads() throws IOException {
        return (long) client.metric("jvm_threads_live_threads", "");
    }

    private static long sockets() throws IOException {
        long count = 0;
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(service.pid()), "fd"))) {
            for (Path file : files.toList()) {
                try {
                    count += Files.readSymbolicLink(file).toString().startsWith("socket:") ? 1 : 0;
                } catch (IOException closedMeanwhile) {
                    // Not one of them any more.
                }
            }
        }
        return count;
    }
}
