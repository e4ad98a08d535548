package ai.mavster.credits.failure;

import ai.mavster.credits.failure.Operation.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Callers who ask both replicas for all sorts of things at once, for as long as it lasts; then what they left open. */
final class Workload {

    private static final int CALLERS = 14;
    private static final int ACCOUNTS = 5;
    private static final long PAUSE_NANOS = 60_000_000;
    private static final long PEACE_NANOS = 60_000_000_000L;

    /** The service answers each request within 15 seconds, whatever its database does. */
    private static final long UNDER_WAY_NANOS = 16_000_000_000L;

    static final List<String> CARDS = List.of("card_ok", "card_slow", "card_twice");

    private final Caller caller;
    private final History history;
    private final SplittableRandom random;
    private final List<UsedAccount> accounts = IntStream.range(0, ACCOUNTS)
            .mapToObj(i -> new UsedAccount("failure-" + i))
            .toList();
    private final Budgets budgets;
    private final Renewals renewals;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> callers = new ArrayList<>();
    private volatile boolean going = true;

    Workload(Caller caller, History history, long seed) {
        this.caller = caller;
        this.history = history;
        this.random = new SplittableRandom(seed);
        this.budgets = new Budgets(caller, random.split(), accounts);
        this.renewals = new Renewals(caller, random.split());
    }

    static String recharged(String card) {
        return "failure-" + card;
    }

    Budgets budgets() {
        return budgets;
    }

    /** All accounts that it has used. */
    List<String> accounts() {
        List<String> all = new ArrayList<>(accounts.stream().map(one -> one.id).toList());
        CARDS.forEach(card -> all.add(recharged(card)));
        all.addAll(renewals.accounts());
        return all;
    }

    /** Opens the accounts while nothing is broken yet, and leaves them so little that it is fought for. */
    void prepare(Reader service) throws IOException {
        for (UsedAccount account : accounts) {
            open(service, account.id);
        }
        for (String card : CARDS) {
            open(service, recharged(card));
            service.send(
                    "PUT",
                    "/v1/accounts/" + recharged(card) + "/auto-recharge",
                    "{\"enabled\": true, \"threshold\": 100, \"credits_to_add\": 200, \"limit_per_period\": %d, \"payment_method\": \"%s\"}"
                            .formatted(Recharges.limit(card), card),
                    200);
        }
    }

    private void open(Reader service, String account) throws IOException {
        service.send("PUT", "/v1/accounts/" + account, "{}", 201);
        service.send(
                "PUT",
                "/v1/accounts/" + account + "/subscription",
                "{\"plan\": \"basic\", \"status\": \"active\"}",
                200);
        caller.ask(
                Operation.post(Kind.DEBIT, account, "/debits", "opening", "{\"credits\": 2850}"), random, () -> true);
    }

    void start() {
        for (int i = 0; i < CALLERS; i++) {
            Steps steps = new Steps(caller, history, random.split(), () -> going);
            loop(PAUSE_NANOS, own -> steps.next(accounts.get(own.nextInt(2) * own.nextInt(ACCOUNTS))));
        }
        AtomicInteger debits = new AtomicInteger();
        loop(2 * PAUSE_NANOS, own -> {
            String account = recharged(CARDS.get(own.nextInt(CARDS.size())));
            String credits = Integer.toString(own.nextInt(1, 80));
            caller.ask(
                    Operation.post(
                            Kind.DEBIT,
                            account,
                            "/debits",
                            "recharging-" + debits.incrementAndGet(),
                            "{\"credits\": " + credits + "}"),
                    own,
                    () -> going);
        });
        loop(
                4 * PAUSE_NANOS,
                own -> budgets.changeOne(accounts.get(own.nextInt(2) * own.nextInt(ACCOUNTS)), () -> going));
        loop(20 * PAUSE_NANOS, own -> renewals.next(() -> going));
        loop(20 * PAUSE_NANOS, own -> renewals.renew(() -> going));
    }

    private interface Step {
        void take(SplittableRandom own);
    }

    private void loop(long pauseNanos, Step step) {
        SplittableRandom own = random.split();
        callers.add(threads.submit(() -> {
            while (going) {
                step.take(own);
                LockSupport.parkNanos(own.nextLong(pauseNanos));
            }
        }));
    }

    /** Returns when all callers have their last answer. */
    void stop() throws InterruptedException, ExecutionException {
        going = false;
        for (Future<?> one : callers) {
            one.get();
        }
    }

    /**
     * Everything is mended: repeats what is still open until there is a definite answer, and of the rest some that were
     * asked for several times or at random.
     *
     * @return how many were open
     */
    int resolve() {
        SplittableRandom own = random.split();
        List<Operation> all = history.operations();
        awaitStragglers(all);
        int open = 0;
        for (Operation operation : all) {
            boolean outstanding = operation.isOutstanding();
            boolean repeated = operation.key != null
                    && operation.isDone()
                    && (operation.answers().size() > 1 || own.nextInt(30) == 0);
            if (outstanding && operation.kind != Kind.BUDGET) {
                open++;
            }
            if (outstanding || repeated) {
                untilDefinite(operation, own);
            }
        }
        renewals.renew(() -> true);
        return open;
    }

    private void untilDefinite(Operation operation, SplittableRandom own) {
        long end = System.nanoTime() + PEACE_NANOS;
        Answer answer = caller.attempt(operation, own.nextInt(2));
        while (!answer.kind().isDefinite()) {
            if (System.nanoTime() > end) {
                history.fault("no definite answer though all is mended: " + answer + " to " + operation);
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            answer = caller.attempt(operation, own.nextInt(2));
        }
        operation.settle();
    }

    /** What may still be under way has its effect, or none, by then. */
    private static void awaitStragglers(List<Operation> all) {
        for (Operation operation : all) {
            if (operation.isOutstanding()) {
                long left = operation.lastAmbiguous() + UNDER_WAY_NANOS - System.nanoTime();
                while (operation.wasAmbiguous() && left > 0) {
                    LockSupport.parkNanos(left);
                    left = operation.lastAmbiguous() + UNDER_WAY_NANOS - System.nanoTime();
                }
            }
        }
    }

    void close() {
        going = false;
        threads.shutdownNow();
    }
}
