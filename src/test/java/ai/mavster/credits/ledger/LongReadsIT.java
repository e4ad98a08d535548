package ai.mavster.credits.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.DatabaseAddress;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.embedded.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever reads much, slowly or in vain, stops nobody else: with one key, on one account with a long past. */
class LongReadsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int ENTRIES = 200_000;
    private static final String LONG = "/v1/accounts/long";

    private static ServiceProcess service;
    private static LedgerRows rows;
    private static ServiceClient client;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        DatabaseAddress database = TestDatabase.empty("long_reads");
        service = ServiceProcess.start(Map.of(
                "CREDITS_DB_URL", database.url(),
                "CREDITS_DB_USER", database.user(),
                "CREDITS_DB_PASSWORD", database.password()));
        rows = new LedgerRows(database);
        client = new ServiceClient(service);
        client.open("long", 3000);
        client.open("other", 1_000_000);
        LongPast.give(database, "long", ENTRIES);
        JsonNode made = ServiceClient.expect(
                        201,
                        client.post(
                                "/v1/api-keys",
                                null,
                                "{\"name\": \"reader\", \"scopes\": [\"billing\"], \"account_id\": \"long\"}"))
                .body();
        key = made.path("key").asText();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void streamsThatAreNotReadHoldNothingThatOthersNeed() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try {
            int refused = 0;
            for (int i = 0; i < 20; i++) {
                Socket socket = ask(LONG + "/entries", "text/csv");
                clients.add(socket);
                String status = statusOf(socket);
                assertThat(status).isIn("200", "503");
                refused += status.equals("503") ? 1 : 0;
            }
            assertThat(refused).isEqualTo(12);
            othersAreServed("unread");
            Eventually.holds(
                    DEADLINE,
                    () -> rows.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL")
                            == 0,
                    () -> "no transaction is open");
        } finally {
            close(clients);
        }
    }

    @Test
    void proofsInALoopDoNot() throws Exception {
        inALoop(40, LONG + "/proof", () -> othersAreServed("proofs"));
    }

    @Test
    void searchesInALoopDoNot() throws Exception {
        inALoop(40, LONG + "/entries?run_id=none", () -> othersAreServed("searches"));
        inALoop(40, LONG + "/usage?group_by=test&bucket=hour", () -> othersAreServed("usages"));
    }

    /** Over all accounts, by many who may. */
    @Test
    void reportsAndListsInALoopDoNot() throws Exception {
        String report = "/v1/reports/credits?from=2020-01-01T00:00:00Z&group_by=kind,plan";
        inALoop(40, new ServiceClient(service), report, () -> othersAreServed("reports"));
        String list = "/v1/accounts?blocked=true&plan=none";
        inALoop(40, new ServiceClient(service), list, () -> othersAreServed("lists"));
    }

    @Test
    void aProofIsGivenUpWithItsCaller() throws Exception {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            clients.add(ask(LONG + "/proof", "application/json"));
        }
        Eventually.holds(DEADLINE, () -> proofs() == 2, () -> "two proofs are under way");
        long start = System.nanoTime();
        close(clients);
        Eventually.holds(DEADLINE, () -> proofs() == 0, () -> "they are given up");
        Duration givenUp = Duration.ofNanos(System.nanoTime() - start);

        Duration whole = ServiceClient.expect(200, client.get(LONG + "/proof")).took();
        assertThat(givenUp).isLessThan(whole.dividedBy(2));
    }

    private static long proofs() throws Exception {
        return rows.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND pid <> pg_backend_pid() AND state <> 'idle' AND query LIKE '%FROM entry%'");
    }

    @Test
    void theWholeStatementIsReadWhileItGrows() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.url().resolve(LONG + "/entries?action=visual-assert"))
                .header("Authorization", "Bearer " + key)
                .header("Accept", "text/csv")
                .build();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        ServiceClient.expect(
                201,
                client.post("/v1/accounts/long/debits", "later", "{\"credits\": 1, \"action\": \"visual-assert\"}"));
        String text = new String(response.body().readAllBytes(), ISO_8859_1);

        List<Long> places = text.lines()
                .skip(1)
                .map(line -> Long.valueOf(line.substring(0, line.indexOf(','))))
                .toList();
        assertThat(places)
                .isEqualTo(LongStream.rangeClosed(2, ENTRIES)
                        .map(seq -> ENTRIES + 2 - seq)
                        .boxed()
                        .toList());
    }

    private interface Meanwhile {
        void run() throws Exception;
    }

    /** Nobody else is told anything but what they would be told without. */
    private static void othersAreServed(String name) throws IOException {
        for (int i = 0; i < 25; i++) {
            ServiceClient.expect(201, client.debit("other", name + i, 1));
            ServiceClient.expect(200, client.get("/v1/accounts/other/balance"));
            ServiceClient.expect(200, client.get("/v1/accounts/other/entries?limit=10"));
        }
    }

    private static void inALoop(int callers, String path, Meanwhile meanwhile) throws Exception {
        inALoop(callers, new ServiceClient(service, key), path, meanwhile);
    }

    private static void inALoop(int callers, ServiceClient caller, String path, Meanwhile meanwhile) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        List<Future<List<Integer>>> answers = new ArrayList<>();
        Loop loop = new Loop(caller);
        try {
            for (int i = 0; i < callers; i++) {
                answers.add(threads.submit(() -> loop.ask(path)));
            }
            Eventually.holds(DEADLINE, () -> loop.started >= callers, () -> "all of them are asking");
            meanwhile.run();
        } finally {
            loop.going = false;
            threads.shutdown();
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<List<Integer>> one : answers) {
            statuses.addAll(one.get());
        }
        assertThat(statuses).isSubsetOf(200, 503).contains(200);
    }

    /** Callers who ask the same again and again. */
    private static final class Loop {

        private final ServiceClient caller;
        private volatile boolean going = true;
        private volatile int started;

        Loop(ServiceClient caller) {
            this.caller = caller;
        }

        private List<Integer> ask(String path) throws IOException {
            started();
            List<Integer> statuses = new ArrayList<>();
            while (going) {
                ServiceClient.Reply reply = caller.get(path);
                statuses.add(reply.status());
                if (reply.status() == 503) {
                    assertThat(reply.code()).isEqualTo("overloaded");
                    assertThat(reply.headers().firstValue("Retry-After")).isPresent();
                }
            }
            return statuses;
        }

        private synchronized void started() {
            started++;
        }
    }

    private static Socket ask(String path, String accept) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout((int) DEADLINE.toMillis());
        socket.connect(
                new InetSocketAddress(service.url().getHost(), service.url().getPort()));
        String request = String.join(
                "\r\n",
                "GET " + path + " HTTP/1.1",
                "Host: test",
                "Authorization: Bearer " + key,
                "Accept: " + accept,
                "Connection: close",
                "",
                "");
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return socket;
    }

    private static String statusOf(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), ISO_8859_1).substring(9);
    }

    private static void close(List<Socket> clients) throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }
}
