package ai.mavster.credits.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Connections that are all open before the first request is sent; an HTTP client would use those that are free again.
 */
final class ManyConnections {

    /** How many are being opened at any time: fewer than what a server keeps waiting. */
    private static final int OPENING = 100;

    private static final long PATIENCE_SECONDS = 60;

    private final int port;
    private final int wished;
    private final Vertx vertx;
    private final NetClient client;
    private final List<NetSocket> sockets = new ArrayList<>();
    private final Map<Answer, Long> answers = new EnumMap<>(Answer.class);
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> allAnswered = new CompletableFuture<>();
    private final AtomicLong answered = new AtomicLong();
    private volatile String first = "";
    private int opening;
    private double seconds;

    ManyConnections(Vertx vertx, int port, int wished) {
        this.vertx = vertx;
        this.port = port;
        this.wished = wished;
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(30_000));
    }

    /** What became of a request. */
    enum Answer {
        CREATED,
        TRY_LATER,
        OTHER
    }

    void connect() {
        vertx.runOnContext(start -> {
            for (int i = 0; i < OPENING; i++) {
                openNext();
            }
        });
        await(connected);
    }

    private void openNext() {
        if (opening == wished) {
            return;
        }
        opening++;
        client.connect(port, "127.0.0.1").onComplete(done -> {
            if (done.succeeded()) {
                sockets.add(done.result());
                if (sockets.size() == wished) {
                    connected.complete(null);
                }
                openNext();
            } else {
                connected.completeExceptionally(done.cause());
            }
        });
    }

    /** One debit on each, half of them on the same account. */
    Map<Answer, Long> debit(Accounts hot, Accounts many) {
        long start = System.nanoTime();
        vertx.runOnContext(send -> {
            for (int i = 0; i < sockets.size(); i++) {
                Accounts accounts = i % 2 == 0 ? hot : many;
                debit(sockets.get(i), accounts, i % accounts.size());
            }
        });
        await(allAnswered);
        seconds = (System.nanoTime() - start) / 1e9;
        return answers;
    }

    /**
     * Has each ask for the balance of an account of its own once that has more credits than it will; returns when all
     * have asked, and does not wait for the answers.
     */
    void waitFor(Accounts accounts) {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        vertx.runOnContext(send -> {
            for (int i = 0; i < sockets.size(); i++) {
                NetSocket socket = sockets.get(i);
                socket.handler(bytes -> {
                    answered.incrementAndGet();
                    first = first.isEmpty() ? bytes.toString() : first;
                });
                socket.write("GET /v1/accounts/" + accounts.id(i % accounts.size())
                        + "/balance?wait=PT60S&for=credits:900000000 HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nAuthorization: Bearer " + Service.ADMIN_KEY + "\r\n\r\n");
            }
            asked.complete(null);
        });
        await(asked);
    }

    /** How many of those who wait have got an answer. */
    long answered() {
        return answered.get();
    }

    private void debit(NetSocket socket, Accounts accounts, int account) {
        Buffer received = Buffer.buffer();
        boolean[] done = new boolean[1];
        socket.handler(bytes -> {
            received.appendBuffer(bytes);
            if (!done[0] && received.toString().contains("\r\n\r\n")) {
                done[0] = true;
                count(received.toString(), accounts, account);
            }
        });
        socket.closeHandler(closed -> {
            if (!done[0]) {
                done[0] = true;
                count("closed without an answer", accounts, account);
            }
        });
        socket.write("POST /v1/accounts/" + accounts.id(account) + "/debits HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nAuthorization: Bearer " + Service.ADMIN_KEY + "\r\nIdempotency-Key: " + accounts.nextKey()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + Debits.BODY.length() + "\r\n\r\n"
                + Debits.BODY);
    }

    private void count(String response, Accounts accounts, int account) {
        Answer answer = Answer.OTHER;
        if (response.startsWith("HTTP/1.1 201 ")) {
            accounts.confirm(account);
            answer = Answer.CREATED;
        } else if (response.startsWith("HTTP/1.1 503 ")
                && response.toLowerCase(Locale.ROOT).contains("retry-after:")) {
            answer = Answer.TRY_LATER;
        } else if (first.isEmpty()) {
            first = response;
        }
        answers.merge(answer, 1L, Long::sum);
        if (answers.values().stream().mapToLong(Long::longValue).sum() == sockets.size()) {
            allAnswered.complete(null);
        }
    }

    /** The first answer that should not have been; empty if there was none. */
    String first() {
        return first;
    }

    /** From the first request to the last answer. */
    double seconds() {
        return seconds;
    }

    void close() {
        client.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void await(CompletableFuture<Void> event) {
        try {
            event.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
