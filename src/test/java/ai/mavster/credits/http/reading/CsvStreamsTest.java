package ai.mavster.credits.http.reading;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.http.Csv;
import ai.mavster.credits.http.limits.Impatient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

/** Streams, and clients who do not take them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(Impatient.class)
class CsvStreamsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** More than the systems on both sides keep for a connection. */
    private static final int HUGE = 200;

    private static final int SHARE = 2;

    private static final String PAGES = "GET /v1/stream/page HTTP/1.1\r\nHost: test\r\n\r\n".repeat(HUGE);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource
    URI server;

    @Inject
    LongReads reads;

    @Inject
    ReadingSettings settings;

    @Inject
    RoutingContext current;

    @Test
    void allOfItArrives() throws Exception {
        HttpResponse<String> whole = get("/v1/stream/whole/20/0");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
        assertThat(whole.body()).startsWith("row\r\nx").endsWith("x\r\n");
        assertThat(whole.body().lines()).hasSize(1 + 20 * StreamResource.ROWS);
    }

    @Test
    void whatFailsAtOnceIsAProblem() throws Exception {
        HttpResponse<String> failed = get("/v1/stream/failed/20/1");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("internal_error");
    }

    @Test
    void whatFailsInTheMiddleDoesNotLookWhole() {
        assertThatThrownBy(() -> get("/v1/stream/broken/20/3")).isInstanceOf(IOException.class);
        Eventually.holds(DEADLINE, () -> status("broken") == 200, () -> "it has left");
    }

    @Test
    void whoeverDoesNotReadIsReadFor() throws Exception {
        int before = StreamResource.READ.get();
        List<Socket> clients = open("slow", SHARE);
        try {
            assertThat(status("slow")).isEqualTo(503);
            assertThat(StreamResource.READ.get() - before).isLessThan(SHARE * HUGE / 2);
            Eventually.holds(DEADLINE, () -> status("slow") == 200, () -> "those who do not read are hung up on");
            assertThat(StreamResource.READ.get() - before).isLessThan(SHARE * HUGE / 2);
        } finally {
            close(clients);
        }
    }

    @Test
    void whoeverHangsUpMakesRoom() throws Exception {
        for (int times = 0; times < 5; times++) {
            close(open("gone", SHARE));
            Eventually.holds(DEADLINE, () -> status("gone") == 200, () -> "those who hung up have left");
        }
    }

    /** As when the client hangs up after a page was asked for and before a thread has begun with it. */
    @Test
    void aStreamThatIsOverReadsNothingAndAsksForNothing() {
        CsvStreams streams = new CsvStreams(reads, settings, current);
        CsvStreams.Pages none = csv -> {
            throw new AssertionError("A page was read");
        };
        CsvStream stream =
                new CsvStream(streams, new Shares.Reader("caller", "account"), new Csv(List.of("row")), none, null);
        ThreadPoolExecutor pages = (ThreadPoolExecutor) streams.pages;

        stream.cancel();
        stream.request(1);

        Eventually.holds(
                DEADLINE,
                () -> pages.getCompletedTaskCount() > 0 && pages.getActiveCount() == 0,
                () -> "its thread is free");
        assertThat(pages.getTaskCount()).isOne();
        streams.stop();
    }

    @Test
    void whoeverAsksForPagesAndTakesNoneIsNotServedThemAll() throws Exception {
        int before = StreamResource.READ.get();
        try (Socket client = connect()) {
            client.getOutputStream().write(PAGES.getBytes(ISO_8859_1));
            client.getInputStream().read();
            // They are hung up on; what was begun by then is all that ever is.
            Eventually.holds(DEADLINE, () -> !isOpen(client), () -> "they are hung up on");
            assertThat(StreamResource.READ.get() - before).isBetween(1, HUGE / 2);
        }
    }

    /** Whether what is sent is accepted. */
    private static boolean isOpen(Socket client) {
        try {
            client.getOutputStream().write('x');
            return true;
        } catch (IOException hungUp) {
            return false;
        }
    }

    @Test
    void whoeverTakesThemIsServedOneAfterTheOther() throws Exception {
        try (Socket client = connect()) {
            client.getOutputStream().write(PAGES.getBytes(ISO_8859_1));
            client.getInputStream().skipNBytes(HUGE * 1_000_000L);
        }
    }

    private List<Socket> open(String account, int clients) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Socket socket = connect();
            String request = "GET /v1/stream/" + account + "/" + HUGE + "/0 HTTP/1.1\r\nHost: test\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 200");
            sockets.add(socket);
        }
        return sockets;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout((int) DEADLINE.toMillis());
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        return socket;
    }

    private static void close(List<Socket> clients) throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    private int status(String account) throws Exception {
        return get("/v1/stream/" + account + "/1/0").statusCode();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
