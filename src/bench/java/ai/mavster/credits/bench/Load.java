package ai.mavster.credits.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * Many clients on one thread, since the machine they load is also their own: HTTP/1.1 over connections that are kept,
 * one request at a time on each.
 */
final class Load implements AutoCloseable {

    private static final int CONNECTIONS = 1_024;
    /** The service closes idle connections after two minutes: none may be asked on just then. */
    private static final int KEPT_FOR_SECONDS = 60;

    private static final long LONGEST_NAP_NANOS = 1_000_000;
    private static final long SHORTEST_NAP_NANOS = 100_000;

    private static final CharSequence AUTHORIZATION = HttpHeaders.createOptimized("Authorization");
    private static final CharSequence BEARER = HttpHeaders.createOptimized("Bearer " + Service.ADMIN_KEY);
    private static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("Content-Type");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence IDEMPOTENCY_KEY = HttpHeaders.createOptimized("Idempotency-Key");

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final Context context = vertx.getOrCreateContext();
    private final HttpClient client = vertx.createHttpClient(new HttpClientOptions()
            .setMaxPoolSize(CONNECTIONS)
            .setKeepAlive(true)
            .setKeepAliveTimeout(KEPT_FOR_SECONDS)
            .setPipelining(false)
            .setTcpNoDelay(true));
    private final int port;
    private final Failures failures;

    Load(int port, Failures failures) {
        this.port = port;
        this.failures = failures;
    }

    Vertx vertx() {
        return vertx;
    }

    /** So many clients, each of which waits for its answer before it asks again. */
    Sample closed(Traffic traffic, int clients, Window window) {
        Run run = new Run(traffic, () -> !window.isOver(), window, false);
        context.runOnContext(start -> run.start(clients));
        return run.result.join();
    }

    /** A given number of requests by so many clients; the time is what it takes. */
    Sample each(Traffic traffic, int requests, int clients) {
        int[] left = {requests};
        Run run = new Run(traffic, () -> left[0]-- > 0, Window.open(), false);
        context.runOnContext(start -> run.start(clients));
        return run.result.join();
    }

    /** Requests by the clock, whatever has become of those before; latency counts from when each was due. */
    Sample open(Traffic traffic, double perSecond, Window window) {
        long start = System.nanoTime();
        Run run = new Run(traffic, () -> true, window, true);
        double interval = 1e9 / perSecond;
        long sent = 0;
        for (long now = start; now < window.end(); now = System.nanoTime()) {
            long due = (long) ((now - start) / interval) + 1;
            if (due > sent) {
                long from = sent;
                context.runOnContext(send -> {
                    for (long i = from; i < due; i++) {
                        run.send(start + (long) (i * interval), () -> {});
                    }
                });
                sent = due;
            }
            long next = start + (long) (sent * interval) - System.nanoTime();
            LockSupport.parkNanos(Math.max(SHORTEST_NAP_NANOS, Math.min(next, LONGEST_NAP_NANOS)));
        }
        context.runOnContext(last -> run.noMore());
        return run.result.join();
    }

    /** One series of requests. Everything in it happens on the one thread. */
    private final class Run {

        private final Traffic traffic;
        private final BooleanSupplier more;
        private final Window window;
        private final boolean byTheClock;
        private final Histogram latencies = Sample.histogram();
        private final CompletableFuture<Sample> result = new CompletableFuture<>();
        private long operations;
        private long turnedAway;
        private int underWay;
        private boolean ending;

        private Run(Traffic traffic, BooleanSupplier more, Window window, boolean byTheClock) {
            this.traffic = traffic;
            this.more = more;
            this.window = window;
            this.byTheClock = byTheClock;
        }

        private void start(int clients) {
            for (int i = 0; i < clients; i++) {
                ask();
            }
        }

        private void ask() {
            if (!ending && more.getAsBoolean()) {
                send(System.nanoTime(), this::ask);
            } else {
                noMore();
            }
        }

        private void noMore() {
            ending = true;
            if (underWay == 0 && !result.isDone()) {
                result.complete(new Sample(operations, turnedAway, window.seconds(), latencies, Cost.NONE));
            }
        }

        private void send(long since, Runnable then) {
            underWay++;
            Traffic.Request request = traffic.next();
            RequestOptions options = new RequestOptions()
                    .setMethod(request.method())
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setURI(request.path())
                    .putHeader(AUTHORIZATION, BEARER);
            if (request.idempotencyKey() != null) {
                options.putHeader(IDEMPOTENCY_KEY, request.idempotencyKey());
            }
            Buffer body = request.body();
            Future<HttpClientResponse> sent;
            if (body == null) {
                sent = client.request(options).compose(connected -> connected.send());
            } else {
                options.putHeader(CONTENT_TYPE, JSON);
                sent = client.request(options).compose(connected -> connected.send(body));
            }
            sent.compose(response -> response.body().map(answer -> {
                        answered(request, response.statusCode(), answer, since);
                        return answer;
                    }))
                    .onComplete(done -> {
                        underWay--;
                        if (done.failed()) {
                            failures.add(request.method() + " " + request.path() + ": " + done.cause());
                        }
                        then.run();
                        if (ending) {
                            noMore();
                        }
                    });
        }

        private void answered(Traffic.Request request, int status, Buffer answer, long since) {
            long now = System.nanoTime();
            int confirmed = traffic.confirmed(request, status, answer);
            if (confirmed == Traffic.UNEXPECTED) {
                failures.add(request.method() + " " + request.path() + ": " + status + " " + answer);
            } else if (confirmed == 0) {
                turnedAway++;
                return;
            } else if (window.covers(now)) {
                operations += confirmed;
            }
            // By the clock a request belongs to when it was due: one that is answered late must not get away.
            if (window.covers(byTheClock ? since : now)) {
                latencies.recordValue(Math.min(now - since, latencies.getHighestTrackableValue()));
            }
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
