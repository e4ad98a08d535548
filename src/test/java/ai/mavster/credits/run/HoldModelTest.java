package ai.mavster.credits.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.database.TestDatabase;
import ai.mavster.credits.ledger.Books;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.Outcome;
import ai.mavster.credits.ledger.Posting;
import ai.mavster.credits.ledger.Purpose;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Runs and their holds on PostgreSQL against a naive reference: whatever is asked in whatever order, each answer and each figure agrees.
 * {@code -Dmodel.seed=… -Dmodel.rounds=1} runs a failed round again.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class HoldModelTest {

    private static final int ROUNDS = Integer.getInteger("model.rounds", 40);
    private static final long SEED = Long.getLong("model.seed", new SplittableRandom().nextLong(1L << 40));
    private static final Instant START = Instant.parse("2027-03-01T00:00:00Z");

    @Inject
    Ledger ledger;

    @Inject
    RunRows rows;

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void eachFigureIsTheReferences() {
        for (int round = 0; round < ROUNDS; round++) {
            new Round(SEED + round).play();
        }
    }

    /** A run as the design describes it. */
    private static final class Model {
        final String id;
        final @Nullable Model above;
        boolean running = true;
        long spent;
        long nested;
        long amount;
        long captured;
        long released;
        Instant expires = Instant.MAX;
        Duration lasts = Duration.ofHours(1);

        Model(String id, @Nullable Model above) {
            this.id = id;
            this.above = above;
        }

        long rest() {
            return amount - captured - released;
        }

        @Override
        public String toString() {
            return "%s spent %d+%d, hold %d = %d captured + %d released + %d"
                    .formatted(running ? "running" : "over", spent, nested, amount, captured, released, rest());
        }
    }

    private final class Round {
        private final long seed;
        private final SplittableRandom random;
        private final String account;
        private final List<Model> runs = new ArrayList<>();
        private final StringBuilder history = new StringBuilder();
        private Instant now = START;
        private long balance = 100_000_000;
        private int keys;

        Round(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            clock.stopAt(now);
            this.account = Customer.having("3000").id;
            balance = 3_000_000_000L;
        }

        void play() {
            for (int step = 0; step < 40; step++) {
                if (random.nextInt(4) == 0) {
                    now = now.plus(Duration.ofMinutes(random.nextInt(1, 50)));
                    clock.stopAt(now);
                }
                lapse();
                switch (random.nextInt(8)) {
                    case 0, 1 -> start();
                    case 2, 3, 4 -> debit();
                    case 5 -> extend();
                    case 6 -> finish();
                    default -> spend(null);
                }
                check();
            }
        }

        private void lapse() {
            for (Model run : runs) {
                if (run.rest() > 0 && !now.isBefore(run.expires)) {
                    run.released += run.rest();
                }
            }
        }

        private long held() {
            return runs.stream().mapToLong(Model::rest).sum();
        }

        private long amount() {
            long available = balance - held();
            return switch (random.nextInt(5)) {
                case 0 -> Math.max(1, available);
                case 1 -> Math.max(0, available) + 1;
                case 2 -> random.nextLong(1, 50);
                default -> random.nextLong(1, 400_000_000L);
            };
        }

        private @Nullable Model any() {
            return runs.isEmpty() ? null : runs.get(random.nextInt(runs.size()));
        }

        private String key() {
            return "model-" + keys++;
        }

        private void start() {
            Model above = random.nextInt(3) == 0 ? any() : null;
            long estimate = random.nextBoolean() ? amount() : 0;
            long hold = random.nextInt(4) > 0 ? amount() : 0;
            Model run = new Model("run-" + UUID.randomUUID(), above);
            long reserved = chain(above).stream().mapToLong(Model::rest).sum();
            boolean may = above == null || above.running;
            may &= Math.max(1, estimate) <= balance - held() + reserved && hold <= balance - held();
            boolean did = accepted(ledger.submit(new StartRun(
                            account,
                            key(),
                            run.id,
                            null,
                            null,
                            null,
                            above == null ? null : above.id,
                            estimate == 0 ? null : new Credits(estimate),
                            List.of(),
                            hold == 0 ? null : new Credits(hold),
                            run.lasts,
                            new byte[32]))
                    .toCompletableFuture()
                    .join());
            told("start " + run.id + " above " + above + " estimate " + estimate + " hold " + hold, may, did);
            if (may) {
                run.amount = hold;
                run.expires = now.plus(run.lasts);
                runs.add(run);
            }
        }

        private List<Model> chain(@Nullable Model from) {
            List<Model> chain = new ArrayList<>();
            for (Model run = from; run != null; run = run.above) {
                chain.add(run);
            }
            return chain;
        }

        private void debit() {
            spend(any());
        }

        private void spend(@Nullable Model run) {
            long asked = amount();
            boolean takes = random.nextInt(4) == 0;
            long available = balance
                    - held()
                    + chain(run).stream().mapToLong(Model::rest).sum();
            boolean may = asked <= available || (takes && available > 0);
            long charged = Math.min(asked, available);
            Outcome<Posting> outcome = ledger.submit(new Command.Debit(
                            account,
                            key(),
                            new Credits(asked),
                            takes ? Command.OnInsufficient.TAKE_AVAILABLE : Command.OnInsufficient.REFUSE,
                            new Purpose(null, null, null, null, null, run == null ? null : run.id)))
                    .toCompletableFuture()
                    .join();
            told("debit " + asked + " by " + run, may, accepted(outcome));
            if (may) {
                balance -= charged;
                long draws = charged;
                for (Model one : chain(run)) {
                    long part = Math.min(draws, one.rest());
                    one.captured += part;
                    draws -= part;
                    if (one == run) {
                        one.spent += charged;
                    } else {
                        one.nested += charged;
                    }
                }
            }
        }

        private void extend() {
            Model run = any();
            if (run == null) {
                return;
            }
            long more = amount();
            boolean may = run.running && more <= balance - held();
            boolean did = accepted(
                    ledger.submit(new ExtendHold(account, key(), run.id, new Credits(more), Duration.ofHours(1)))
                            .toCompletableFuture()
                            .join());
            told("extend " + run + " by " + more, may, did);
            if (may) {
                run.amount += more;
                run.expires = now.plus(run.lasts);
            }
        }

        private void finish() {
            Model run = any();
            if (run == null) {
                return;
            }
            boolean did = accepted(ledger.submit(new FinishRun(account, run.id, Run.Status.SUCCESS))
                    .toCompletableFuture()
                    .join());
            told("finish " + run, true, did);
            run.running = false;
            run.released += run.rest();
        }

        private boolean accepted(Outcome<?> outcome) {
            return outcome.fold((answer, replayed) -> true, refusal -> false);
        }

        private void told(String what, boolean expected, boolean did) {
            history.append(now).append(' ').append(what).append('\n');
            assertThat(did).as("seed %d%n%s", seed, history).isEqualTo(expected);
        }

        private void check() {
            Books[] seen = new Books[1];
            ledger.look(account, books -> seen[0] = books).toCompletableFuture().join();
            assertThat(seen[0].account().balance().millionths())
                    .as("seed %d%n%s", seed, history)
                    .isEqualTo(balance);
            assertThat(seen[0].account().held().millionths())
                    .as("seed %d%n%s", seed, history)
                    .isEqualTo(held());
            for (Model run : runs) {
                Run stored = rows.find(account, run.id).orElseThrow();
                Hold hold = stored.hold();
                Hold counted = hold != null && hold.isExpired(now) ? hold.release() : hold;
                Model told = new Model(run.id, run.above);
                told.running = stored.isRunning();
                told.spent = stored.spent().millionths();
                told.nested = stored.nestedSpent().millionths();
                told.amount = counted == null ? 0 : counted.amount().millionths();
                told.captured = counted == null ? 0 : counted.captured().millionths();
                told.released = counted == null ? 0 : counted.released().millionths();
                assertThat(told.toString()).as("seed %d%n%s", seed, history).isEqualTo(run.toString());
            }
        }
    }
}
