package ai.mavster.credits.recharge.charging;

import ai.mavster.credits.UuidV7;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.recharge.NewRecharges;
import ai.mavster.credits.recharge.charging.RechargeQueue.Claim;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Claims the recharges that are due, and has the payment provider asked about each: some at once, and no more. */
@Singleton
class RechargeLoop {

    private static final Logger LOG = Logger.getLogger(RechargeLoop.class);

    private static final int AT_ONCE = 4;

    /** How long it waits for news where there is nothing to do: what others have written, or has become due. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How long it waits, when it stops, for what is under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RechargeQueue queue;
    private final Charging charging;
    private final Gateways gateways;
    private final NewRecharges news;
    private final boolean charges;
    private final Clock clock;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private @Nullable ExecutorService askers;
    private @Nullable Thread thread;
    private volatile boolean running;

    RechargeLoop(
            RechargeQueue queue,
            Charging charging,
            Gateways gateways,
            NewRecharges news,
            @ConfigProperty(name = "credits.recharge.charge") boolean charges,
            Clock clock) {
        this.queue = queue;
        this.charging = charging;
        this.gateways = gateways;
        this.news = news;
        this.charges = charges;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        gateways.configured().filter(gateway -> charges).ifPresent(this::start);
    }

    /** Before the connections to the database go. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stop();
    }

    private synchronized void start(PaymentGateway gateway) {
        running = true;
        askers = Executors.newFixedThreadPool(AT_ONCE, work -> new Thread(work, "recharges-asking"));
        thread = new Thread(() -> goRound(gateway), "recharges");
        thread.start();
    }

    private synchronized void stop() {
        running = false;
        news.happened();
        if (thread == null || askers == null) {
            return;
        }
        try {
            thread.join(PATIENCE.toMillis());
            askers.shutdown();
            if (!askers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("Some recharges that are under way are begun again by the next process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    private void goRound(PaymentGateway gateway) {
        boolean failing = false;
        while (running) {
            boolean more = false;
            try {
                more = turn(gateway);
                failing = false;
            } catch (SQLException | RuntimeException e) {
                if (!failing) {
                    LOG.warnf("Recharges are made once the database is there again: %s", e.getMessage());
                }
                failing = true;
            }
            if (!more) {
                pause();
            }
        }
    }

    private void pause() {
        try {
            news.await(PAUSE);
        } catch (InterruptedException e) {
            running = false;
        }
    }

    /** Whether there may be more to do at once. */
    private boolean turn(PaymentGateway gateway) throws SQLException {
        int most = free.availablePermits();
        if (most == 0) {
            return false;
        }
        List<Claim> claims = queue.claim(UuidV7.next(clock.instant()), clock.instant(), most);
        claims.forEach(claim -> begin(claim, gateway));
        return claims.size() == most;
    }

    private void begin(Claim claim, PaymentGateway gateway) {
        ExecutorService known = askers;
        free.acquireUninterruptibly();
        try {
            if (known == null) {
                throw new RejectedExecutionException();
            }
            known.execute(() -> {
                try {
                    advance(claim, gateway);
                } finally {
                    free.release();
                    news.happened();
                }
            });
        } catch (RejectedExecutionException stopped) {
            free.release();
        }
    }

    /** Whatever fails here is begun anew, later. */
    void advance(Claim claim, PaymentGateway gateway) {
        Duration wait;
        try {
            wait = charging.advance(claim, gateway);
        } catch (RuntimeException e) {
            LOG.warnf("Recharge %s is gone on with later: %s", claim.rechargeId(), e.getMessage());
            wait = Waits.after(claim.attempts(), null);
        }
        try {
            queue.giveUp(claim, clock.instant().plus(wait));
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("Recharge %s is gone on with once its claim has ended: %s", claim.rechargeId(), e.getMessage());
        }
    }
}
