package ai.mavster.credits.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * Debits by the clock, far more than can be done, on many connections with one request at a time on each. What is due
 * while all of them wait for an answer is offered, and not sent. All of it happens on one thread.
 */
final class Flood {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d{1,9})\r\n");
    private static final long TICK_MILLIS = 1;
    private static final long PATIENCE_SECONDS = 120;
    private static final int OPENING = 100;

    private final Vertx vertx;
    private final int port;
    private final int connections;
    private final Accounts accounts;
    private final Draw draw;
    private final Failures failures;
    private final NetClient client;
    private final Deque<Caller> free = new ArrayDeque<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private final Histogram latencies = Sample.histogram();
    private final Histogram refusals = Sample.histogram();
    private int opening;
    private long start;
    private long end;
    private boolean ending;
    private long offered;
    private long sent;
    private long done;
    private long turnedAway;
    private int underWay;

    Flood(Stage stage, int connections, Accounts accounts, Draw draw) {
        this.vertx = stage.load().vertx();
        this.port = stage.service().port();
        this.failures = stage.failures();
        this.connections = connections;
        this.accounts = accounts;
        this.draw = draw;
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(30_000));
    }

    /** What came of it within its time: debits that were confirmed, and how many got a 429 or a 503 instead. */
    Sample run(double perSecond, double seconds) {
        vertx.runOnContext(begin -> {
            for (int i = 0; i < OPENING; i++) {
                openNext();
            }
        });
        await(connected);
        vertx.runOnContext(begin -> {
            start = System.nanoTime();
            end = start + (long) (seconds * 1e9);
            vertx.setPeriodic(TICK_MILLIS, timer -> {
                if (System.nanoTime() >= end) {
                    vertx.cancelTimer(timer);
                    ending = true;
                    endIfAnswered();
                } else {
                    sendWhatIsDue(perSecond);
                }
            });
        });
        await(answered);
        client.close().toCompletionStage().toCompletableFuture().join();
        return new Sample(done, turnedAway, seconds, latencies, Cost.NONE);
    }

    /** In words, a second. */
    String outcome(double seconds) {
        return "%.0f/s offered, %.0f/s sent, %.0f/s done (%s), %.0f/s turned away (%s)"
                .formatted(
                        offered / seconds,
                        sent / seconds,
                        done / seconds,
                        times(latencies),
                        turnedAway / seconds,
                        times(refusals));
    }

    private static String times(Histogram histogram) {
        return "p50 %.0f ms, p99 %.0f ms"
                .formatted(histogram.getValueAtPercentile(50) / 1e6, histogram.getValueAtPercentile(99) / 1e6);
    }

    private void openNext() {
        if (opening == connections) {
            return;
        }
        opening++;
        client.connect(port, "127.0.0.1").onComplete(opened -> {
            if (opened.failed()) {
                connected.completeExceptionally(opened.cause());
                return;
            }
            free.add(new Caller(opened.result()));
            if (free.size() == connections) {
                connected.complete(null);
            }
            openNext();
        });
    }

    private void sendWhatIsDue(double perSecond) {
        long due = (long) ((System.nanoTime() - start) / 1e9 * perSecond);
        while (offered < due) {
            Caller caller = free.poll();
            if (caller == null) {
                offered = due;
                return;
            }
            offered++;
            caller.send();
        }
    }

    private void endIfAnswered() {
        if (ending && underWay == 0) {
            answered.complete(null);
        }
    }

    /** One connection. */
    private final class Caller {

        private final NetSocket socket;
        private Buffer received = Buffer.buffer();
        private int account;
        private long since;
        private boolean waits;

        Caller(NetSocket socket) {
            this.socket = socket;
            socket.handler(this::receive);
            socket.closeHandler(closed -> {
                if (waits) {
                    failures.add("A connection was closed before the answer");
                    over();
                }
            });
        }

        void send() {
            account = draw.next();
            since = System.nanoTime();
            waits = true;
            underWay++;
            sent++;
            socket.write("POST /v1/accounts/" + accounts.id(account) + "/debits HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nAuthorization: Bearer " + Service.ADMIN_KEY + "\r\nIdempotency-Key: " + accounts.nextKey()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + Debits.BODY.length() + "\r\n\r\n"
                    + Debits.BODY);
        }

        private void receive(Buffer bytes) {
            received.appendBuffer(bytes);
            String text = received.toString();
            int head = text.indexOf("\r\n\r\n");
            Matcher length = LENGTH.matcher(text);
            if (head >= 0 && length.find() && text.length() >= head + 4 + Integer.parseInt(length.group(1))) {
                received = Buffer.buffer();
                answered(text);
            }
        }

        private void answered(String answer) {
            long now = System.nanoTime();
            if (answer.startsWith("HTTP/1.1 201 ")) {
                accounts.confirm(account);
                if (now < end) {
                    done++;
                    latencies.recordValue(Math.min(now - since, latencies.getHighestTrackableValue()));
                }
            } else if (answer.startsWith("HTTP/1.1 503 ") || answer.startsWith("HTTP/1.1 429 ")) {
                if (now < end) {
                    turnedAway++;
                    refusals.recordValue(Math.min(now - since, refusals.getHighestTrackableValue()));
                }
            } else {
                failures.add(answer);
            }
            free.add(this);
            over();
        }

        private void over() {
            waits = false;
            underWay--;
            endIfAnswered();
        }
    }

    private static void await(CompletableFuture<Void> event) {
        event.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
