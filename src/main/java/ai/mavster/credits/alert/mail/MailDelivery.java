package ai.mavster.credits.alert.mail;

import ai.mavster.credits.alert.mail.MailMetrics.Result;
import ai.mavster.credits.alert.mail.MailboxRepository.Taken;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what waits in mailboxes, on a thread of its own: however slow the server is, nobody else waits for it. Several
 * processes do so side by side.
 */
@Singleton
class MailDelivery {

    private static final Logger LOG = Logger.getLogger(MailDelivery.class);

    /** How many are under way at once. */
    private static final int AT_ONCE = 20;

    /** How many notices of a mailbox go into one mail; what is beyond goes into the next. */
    private static final int IN_ONE_MAIL = 1_000;

    private static final Duration AT_THE_END = Duration.ofSeconds(5);
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(2);

    private final MailSettings settings;
    private final MailboxRepository mailboxes;
    private final Letters letters;
    private final Smtp smtp;
    private final MailMetrics metrics;
    private final Clock clock;
    private final AtomicBoolean isAsked = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(runnable -> new Thread(runnable, "mail"));

    MailDelivery(
            MailSettings settings,
            MailboxRepository mailboxes,
            Letters letters,
            Smtp smtp,
            MailMetrics metrics,
            Clock clock) {
        this.settings = settings;
        this.mailboxes = mailboxes;
        this.letters = letters;
        this.smtp = smtp;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Something waits. Never blocks. */
    void wake() {
        if (isAsked.compareAndSet(false, true)) {
            thread.execute(() -> {
                isAsked.set(false);
                deliver();
            });
        }
    }

    /** What other processes have written and not sent, and what is due again. */
    @Scheduled(every = "{credits.mail.poll-every}", concurrentExecution = ConcurrentExecution.SKIP)
    void poll() {
        if (settings.isOn()) {
            wake();
        }
    }

    /** Sends all that is due; a failure is no reason to stop. */
    void deliver() {
        try {
            List<Taken> taken;
            do {
                Instant now = now();
                Instant until = now.plus(smtp.within().multipliedBy(2));
                taken = QuarkusTransaction.requiringNew().call(() -> mailboxes.take(now, until, AT_ONCE, IN_ONE_MAIL));
                send(taken);
            } while (taken.size() == AT_ONCE);
        } catch (RuntimeException e) {
            LOG.warnf("Mail is sent later: %s", e.getMessage());
        }
    }

    private void send(List<Taken> taken) {
        Map<Taken, CompletableFuture<Void>> underWay = new LinkedHashMap<>();
        for (Taken mailbox : taken) {
            String address = address(mailbox);
            if (address == null || mailbox.mails().isEmpty()) {
                done(mailbox, Result.NO_ADDRESS);
            } else {
                underWay.put(mailbox, sending(mailbox, address));
            }
        }
        underWay.forEach(this::finish);
    }

    private static @Nullable String address(Taken mailbox) {
        String own = mailbox.key().address();
        return !own.isEmpty() ? own : mailbox.addressee() == null ? null : mailbox.addressee().billingEmail;
    }

    private CompletableFuture<Void> sending(Taken mailbox, String address) {
        try {
            String name = mailbox.addressee() == null ? null : mailbox.addressee().name;
            return smtp.send(
                    address, letters.write(mailbox.key().accountId(), name, mailbox.mails(), mailbox.waiting()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void finish(Taken mailbox, CompletableFuture<Void> sending) {
        try {
            sending.join();
        } catch (CompletionException e) {
            failed(mailbox, e.getCause() == null ? e : e.getCause());
            return;
        }
        done(mailbox, Result.SENT);
    }

    /** Of the reason only its kind is logged: servers like to repeat the address. */
    private void failed(Taken mailbox, Throwable why) {
        Instant now = now();
        Instant since = mailbox.failingSince() == null ? now : mailbox.failingSince();
        if (!since.plus(settings.retryFor()).isAfter(now)) {
            LOG.errorf(
                    "Mail of account %s is given up, after %d attempts since %s (%s)",
                    mailbox.key().accountId(),
                    mailbox.attempts(),
                    since,
                    why.getClass().getSimpleName());
            done(mailbox, Result.GIVEN_UP);
            return;
        }
        LOG.warnf(
                "Mail of account %s is tried again (%s)",
                mailbox.key().accountId(), why.getClass().getSimpleName());
        Instant next = now.plus(Retries.after(mailbox.attempts()));
        QuarkusTransaction.requiringNew().run(() -> mailboxes.failed(mailbox, since, next));
        metrics.count(Result.FAILED);
    }

    private void done(Taken mailbox, Result result) {
        Instant next = result == Result.SENT ? now().plus(settings.every()) : now();
        QuarkusTransaction.requiringNew().run(() -> mailboxes.done(mailbox, next));
        metrics.count(result);
    }

    /** Now and then: how long the oldest waits; and addresses that were not written to for long are forgotten. */
    @Scheduled(every = "{credits.metrics.every}", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        if (!settings.isOn()) {
            metrics.oldest(Duration.ZERO);
            return;
        }
        try {
            Instant now = now();
            QuarkusTransaction.requiringNew().run(() -> mailboxes.forget(now.minus(FORGOTTEN_AFTER)));
            metrics.oldest(QuarkusTransaction.requiringNew()
                    .call(mailboxes::oldest)
                    .map(since -> Duration.between(since, now))
                    .orElse(Duration.ZERO));
        } catch (RuntimeException e) {
            metrics.oldest(null);
            LOG.debugf("How long mail waits is not known: %s", e.getMessage());
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** What is under way is finished within seconds, or sent again by the next process. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(AT_THE_END.toMillis(), TimeUnit.MILLISECONDS)) {
            thread.shutdownNow();
        }
    }
}
