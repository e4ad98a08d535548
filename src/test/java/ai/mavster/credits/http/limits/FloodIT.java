package ai.mavster.credits.http.limits;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * More connections and requests than the packaged service is set to take, from one address, while an honest caller from
 * the same address goes on.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "open files are counted in /proc")
class FloodIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 400;
    private static final int OF_ONE_ADDRESS = 300;
    private static final int ATTEMPTS = 1_200;
    private static final int HONEST_CALLS = 20;
    private static final int FILE_TOLERANCE = 40;

    private static ServiceProcess service;
    private static String limited;

    @BeforeAll
    static void start() throws IOException {
        service = ServiceProcess.start(Map.of(
                "CREDITS_CONNECTIONS", Integer.toString(CONNECTIONS),
                "CREDITS_CONNECTIONS_PER_ADDRESS", Integer.toString(OF_ONE_ADDRESS),
                "CREDITS_HEAD_WITHIN", "2S",
                "CREDITS_READING_TAKEN_WITHIN", "2S",
                "CREDITS_RATE_LIMIT_RUNNER", "20"));
        String body = "{\"name\":\"limited\",\"scopes\":[\"runner\"]}";
        try (Wire wire = Wire.to(service.url())) {
            String answer = wire.send(Wire.post("/v1/api-keys", body.length(), admin()) + body)
                    .receive();
            limited = answer.replaceAll("(?s).*\"key\":\"([^\"]+)\".*", "$1");
        }
        honest();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String admin() {
        return "Authorization: Bearer " + ServiceProcess.ADMIN_KEY;
    }

    /** Each call on a connection of its own, which has to find a place. */
    private static void honest() throws IOException {
        for (int i = 0; i < HONEST_CALLS; i++) {
            try (Wire wire = Wire.to(service.url())) {
                assertThat(wire.send(Wire.get("/v1/api-keys?limit=1", admin(), "Connection: close"))
                                .receive())
                        .startsWith("HTTP/1.1 200 ");
            }
        }
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(service.pid()), "fd"))) {
            return files.count();
        }
    }

    private static double metric(String name) throws IOException {
        try (Wire wire = Wire.to(service.url())) {
            String text = wire.send(Wire.get("/q/metrics", "Accept: text/plain", "Connection: close"))
                    .receiveAll();
            return text.lines()
                    .map(line -> line.replace(",}", "}"))
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " is not in " + text));
        }
    }

    private static List<SocketChannel> open(int number) throws IOException {
        List<SocketChannel> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            SocketChannel channel = SocketChannel.open(
                    new InetSocketAddress(service.url().getHost(), service.url().getPort()));
            channel.configureBlocking(false);
            all.add(channel);
        }
        return all;
    }

    /** How many of them the service has not closed. */
    private static long stillOpen(List<SocketChannel> all) {
        return all.stream()
                .filter(channel -> {
                    try {
                        return channel.read(ByteBuffer.allocate(1)) >= 0;
                    } catch (IOException reset) {
                        return false;
                    }
                })
                .count();
    }

    private static void close(List<SocketChannel> all) throws IOException {
        for (SocketChannel channel : all) {
            channel.close();
        }
    }

    /** Sends a byte to each that still takes one. */
    private static void drip(List<SocketChannel> all) {
        for (SocketChannel channel : all) {
            try {
                channel.write(ByteBuffer.wrap(new byte[] {'x'}));
            } catch (IOException closed) {
                // That is what it is for.
            }
        }
    }

    @Test
    void connectionsThatSendNothingGiveWay() throws IOException {
        long before = openFiles();
        double gaveWay = metric("connections_closed_total{reason=\"gave_way\"}");
        List<SocketChannel> idle = open(ATTEMPTS);
        try {
            honest();
            assertThat(metric("connections_open")).isLessThanOrEqualTo(OF_ONE_ADDRESS);
            assertThat(openFiles()).isLessThan(before + OF_ONE_ADDRESS + FILE_TOLERANCE);
            assertThat(metric("connections_closed_total{reason=\"gave_way\"}") - gaveWay)
                    .isGreaterThanOrEqualTo(ATTEMPTS - OF_ONE_ADDRESS);
            assertThat(stillOpen(idle)).isLessThanOrEqualTo(OF_ONE_ADDRESS);
            // A first head has its deadline even if nothing of it comes.
            Eventually.holds(DEADLINE, () -> stillOpen(idle) == 0, () -> stillOpen(idle) + " are still open");
        } finally {
            close(idle);
        }
        recovers(before);
    }

    @Test
    void headsByTheByteAreGivenUp() throws IOException {
        long before = openFiles();
        double slow = metric("connections_closed_total{reason=\"slow_head\"}");
        List<SocketChannel> heads = open(OF_ONE_ADDRESS / 2);
        try {
            for (SocketChannel channel : heads) {
                channel.write(ByteBuffer.wrap("GET /v1/plans HTTP/1.1\r\nX-Long: ".getBytes(ISO_8859_1)));
            }
            honest();
            Eventually.holds(
                    DEADLINE,
                    () -> {
                        drip(heads);
                        return stillOpen(heads) == 0;
                    },
                    () -> stillOpen(heads) + " are still open");
            assertThat(metric("connections_closed_total{reason=\"slow_head\"}") - slow)
                    .isEqualTo(heads.size());
        } finally {
            close(heads);
        }
        recovers(before);
    }

    /** A connection that has been used is not closed for being idle, only for a second head that does not end. */
    @Test
    void aSecondHeadHasItsDeadlineToo() throws IOException {
        try (Wire wire = Wire.to(service.url())) {
            String request = Wire.get("/v1/plans", admin());
            assertThat(wire.send(request).receive()).startsWith("HTTP/1.1 200 ");
            wire.send(request.substring(0, 20));
            wire.awaitEnd("x");
        }
    }

    /** The client lets one byte of a body come. */
    @Test
    void whoTakesNoAnswerOnHttp2IsHungUpOn() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false)
                    .setInitialSettings(new Http2Settings().setInitialWindowSize(1)));
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            client.request(
                            HttpMethod.GET,
                            service.url().getPort(),
                            service.url().getHost(),
                            "/v1/plans")
                    .compose(request -> request.putHeader("Authorization", "Bearer " + ServiceProcess.ADMIN_KEY)
                            .send())
                    .onFailure(end::completeExceptionally)
                    .onSuccess(answer -> answer.pause()
                            .exceptionHandler(end::complete)
                            .endHandler(taken -> end.completeExceptionally(new AssertionError("it was taken"))));

            assertThat(end.get(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(HttpClosedException.class);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void headsThatAreTooLongAreRefused() throws IOException {
        try (Wire wire = Wire.to(service.url())) {
            assertThat(wire.send(Wire.get("/v1/plans", "X-Long: " + "x".repeat(17_000)))
                            .receiveAll())
                    .matches("(?s)HTTP/1.. 431 .*");
        }
        try (Wire wire = Wire.to(service.url())) {
            assertThat(wire.send(Wire.get("/v1/" + "x".repeat(5_000))).receiveAll())
                    .matches("(?s)HTTP/1.. 414 .*");
        }
    }

    @Test
    void oneKeyIsTurnedAwayAndTheOthersAreServed() throws Exception {
        long before = openFiles();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        AtomicInteger turnedAway = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                all.add(callers.submit(() -> {
                    try (Wire wire = Wire.to(service.url())) {
                        while (!enough.get()) {
                            String answer = wire.send(
                                            Wire.get("/v1/accounts/none/balance", "Authorization: Bearer " + limited))
                                    .receive();
                            (answer.startsWith("HTTP/1.1 429 ") ? turnedAway : served).incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            Eventually.holds(DEADLINE, () -> turnedAway.get() > 200, () -> turnedAway + " were turned away");
            honest();
        } finally {
            enough.set(true);
            callers.shutdown();
        }
        for (Future<?> one : all) {
            one.get();
        }
        assertThat(served.get()).isPositive().isLessThan(turnedAway.get());
        recovers(before);
    }

    private static void recovers(long filesBefore) throws IOException {
        honest();
        Eventually.holds(
                DEADLINE,
                () -> openFiles() <= filesBefore + FILE_TOLERANCE && metric("connections_open") <= 5,
                () -> "connections are left");
        assertThat(service.log()).doesNotContain("ERROR", "OutOfMemoryError", "Too many open files");
    }
}
