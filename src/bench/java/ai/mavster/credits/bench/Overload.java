package ai.mavster.credits.bench;

import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Ten times as much as can be done, for a minute, on one account and on many; and ten thousand connections without a
 * request, a thousand of them with heads that never end. In between and afterwards it has to be as it was in peace.
 */
final class Overload implements Scenario {

    private static final int TIMES = 10;

    /** More than the queue of one account's lane takes. */
    private static final int CALLERS = 9_000;

    private static final int IDLE = 10_000;
    private static final int SLOW_HEADS = 1_000;
    private static final int CLIENTS = 64;

    /** Measurements that a flood takes: a minute, unless it was asked for less. */
    private static final int MEASUREMENTS = 20;

    @Override
    public void run(Stage stage) throws SQLException, IOException {
        Accounts hot = stage.open(LedgerAccounts.ofTheService(), "hot", 1);
        Accounts many = stage.open(LedgerAccounts.ofTheService(), "many", Stage.MANY);
        Traffic traffic = new Debits("/v1", many, Draw.uniform(Stage.MANY));
        stage.warmUp(Map.of(Subject.OURS, traffic));
        beside(stage, traffic);
        flood(stage, "many accounts", many, Draw.uniform(Stage.MANY));
        flood(stage, "hot account", hot, Draw.always(0));
    }

    private static void flood(Stage stage, String what, Accounts accounts, Draw draw) throws SQLException, IOException {
        Traffic traffic = new Debits("/v1", accounts, draw);
        double peak = peak(stage, "before the overload, " + what, traffic);
        int callers = Math.min(CALLERS, OpenFiles.most() / 2);
        double seconds = MEASUREMENTS * stage.settings().measurement().toMillis() / 1e3;
        Flood.Outcome outcome = new Flood(stage, callers, accounts, draw).run(TIMES * peak, seconds);
        Report report = stage.report();
        report.fact("overload, " + what, outcome);
        report.add(Aim.atLeast(0.9, "overload, " + what + ": done / peak", outcome.donePerSecond() / peak));
        report.add(Aim.atLeast(
                0.9,
                "after the overload, " + what + ": rate / before",
                peak(stage, "after the overload, " + what, traffic) / peak));
    }

    private static double peak(Stage stage, String scenario, Traffic traffic) throws SQLException {
        return stage.compare(List.of(stage.closed(scenario, Subject.OURS, CLIENTS, traffic)))
                .get(0)
                .perSecond();
    }

    private static void beside(Stage stage, Traffic traffic) throws SQLException, IOException {
        double peace = peak(stage, "in peace", traffic);
        int idle = Math.min(IDLE, OpenFiles.most() / 2);
        NetClient client = stage.load().vertx().createNetClient(new NetClientOptions().setConnectTimeout(30_000));
        AtomicLong closed = new AtomicLong();
        open(stage, client, idle, closed);
        Report report = stage.report();
        report.add(Aim.atLeast(
                0.9,
                "beside " + idle + " idle connections: rate / in peace",
                peak(stage, "beside " + idle + " idle connections", traffic) / peace));
        awaitEnd(closed, idle);
        report.fact("idle connections and slow heads that were closed by then, of " + idle, closed.get());
        client.close().toCompletionStage().toCompletableFuture().join();
    }

    /** A tenth of them send a head by the byte. */
    private static void open(Stage stage, NetClient client, int number, AtomicLong closed) {
        CountDownLatch opened = new CountDownLatch(number);
        stage.load().vertx().runOnContext(begin -> openNext(stage, client, number, opened, closed));
        try {
            if (!opened.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException(opened.getCount() + " connections could not be opened");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void openNext(Stage stage, NetClient client, int left, CountDownLatch opened, AtomicLong closed) {
        if (left == 0) {
            return;
        }
        client.connect(stage.service().port(), "127.0.0.1").onComplete(done -> {
            if (done.failed()) {
                return;
            }
            long timer = left > SLOW_HEADS
                    ? -1
                    : stage.load()
                            .vertx()
                            .setPeriodic(1_000, tick -> done.result().write("x"));
            if (timer >= 0) {
                done.result().write("GET /v1/plans HTTP/1.1\r\nX-Long: ");
            }
            done.result().closeHandler(end -> {
                stage.load().vertx().cancelTimer(timer);
                closed.incrementAndGet();
            });
            opened.countDown();
            openNext(stage, client, left - 1, opened, closed);
        });
    }

    private static void awaitEnd(AtomicLong closed, int number) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (closed.get() < number && System.nanoTime() < end) {
            LockSupport.parkNanos(10_000_000);
        }
    }
}
