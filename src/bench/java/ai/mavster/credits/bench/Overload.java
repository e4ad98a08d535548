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
 * request, a thousand of them with heads that never end. Meanwhile and afterwards it has to be as it was in peace.
 */
final class Overload implements Scenario {

    private static final int TIMES = 10;

    /** More than the requests that may be under way, so that some are turned away whatever the lanes take. */
    private static final int CALLERS = 15_000;

    private static final int IDLE = 10_000;
    private static final int SLOW_HEADS = 1_000;
    private static final int CLIENTS = 64;

    /** So many that more of them would have no more done. */
    private static final int PEAK_CLIENTS = 512;

    /** Open files that are left for the clients of peace. */
    private static final int PEACE = 2_000;

    /** Measurements that a flood takes: a minute, unless it was asked for less. */
    private static final int MEASUREMENTS = 20;

    private static final int WARM_UPS = 2;

    @Override
    public void run(Stage stage) throws SQLException, IOException {
        Accounts hot = stage.open(LedgerAccounts.ofTheService(), "hot", 1);
        Accounts many = stage.open(LedgerAccounts.ofTheService(), "many", Stage.MANY);
        Traffic toMany = new Debits("/v1", many, Draw.uniform(Stage.MANY));
        Traffic toOne = new Debits("/v1", hot, Draw.always(0));
        for (int i = 0; i < WARM_UPS; i++) {
            stage.warmUp(Map.of(Subject.OURS, toMany));
            stage.warmUp(Map.of(Subject.OURS, toOne));
        }
        beside(stage, toMany);
        flood(stage, "many accounts", toMany, many, Draw.uniform(Stage.MANY));
        flood(stage, "hot account", toOne, hot, Draw.always(0));
    }

    /** Against the mean of before and after, since the machine may be faster or slower meanwhile. */
    private static void flood(Stage stage, String what, Traffic traffic, Accounts accounts, Draw draw)
            throws SQLException, IOException {
        double before = rate(stage, "before the overload, " + what, PEAK_CLIENTS, traffic);
        double seconds = MEASUREMENTS * stage.settings().measurement().toMillis() / 1e3;
        int callers = Math.min(CALLERS, OpenFiles.most() - PEACE);
        Flood flood = new Flood(stage, callers, accounts, draw);
        Sample sample = stage.metered(() -> flood.run(TIMES * before, seconds));
        Report report = stage.report();
        String load = "open " + Math.round(TIMES * before) + "/s";
        double done = report.add(new Contender("overload, " + what, Subject.OURS, load, window -> sample), sample)
                .perSecond();
        report.fact("overload, " + what, flood.outcome(seconds));
        double after = rate(stage, "after the overload, " + what, PEAK_CLIENTS, traffic);
        report.add(Aim.atLeast(0.9, "overload, " + what + ": done / peak", done / mean(before, after)));
        report.add(Aim.atLeast(0.9, "after the overload, " + what + ": rate / before", after / before));
    }

    private static double rate(Stage stage, String scenario, int clients, Traffic traffic) throws SQLException {
        return stage.compare(List.of(stage.closed(scenario, Subject.OURS, clients, traffic)))
                .get(0)
                .perSecond();
    }

    private static double mean(double before, double after) {
        return (before + after) / 2;
    }

    private static void beside(Stage stage, Traffic traffic) throws SQLException, IOException {
        double before = rate(stage, "in peace", CLIENTS, traffic);
        int idle = Math.min(IDLE, OpenFiles.most() - PEACE);
        NetClient client = stage.load().vertx().createNetClient(new NetClientOptions().setConnectTimeout(30_000));
        AtomicLong closed = new AtomicLong();
        open(stage, client, idle, closed);
        // What it takes to open them is not meant.
        stage.warmUp(Map.of(Subject.OURS, traffic));
        String scenario = "beside " + idle + " idle connections";
        double beside = rate(stage, scenario, CLIENTS, traffic);
        Report report = stage.report();
        report.fact("idle connections and slow heads that were closed meanwhile, of " + idle, closed.get());
        awaitEnd(closed, idle);
        report.fact("idle connections and slow heads that were closed a minute later, of " + idle, closed.get());
        client.close().toCompletionStage().toCompletableFuture().join();
        double after = rate(stage, "in peace again", CLIENTS, traffic);
        report.add(Aim.atLeast(0.9, scenario + ": rate / in peace", beside / mean(before, after)));
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
