package ai.mavster.credits.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.account.AccountSummary;
import ai.mavster.credits.budget.BudgetCommands;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.TestAccounts;
import ai.mavster.credits.ledger.proof.Proof;
import ai.mavster.credits.ledger.proof.Proofs;
import ai.mavster.credits.report.FromEntries;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The kernel on PostgreSQL against a naive reference: random sequences of commands, in bursts of all accounts at once,
 * must be answered alike to the last figure, and leave the same rows. {@code -Dmodel.seed=… -Dmodel.rounds=1} runs a
 * failed round again; {@code -Dmodel.rounds=…} makes it longer.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(NothingByItself.class)
class LedgerModelTest {

    private static final int ROUNDS = Integer.getInteger("model.rounds", 60);
    private static final long SEED = Long.getLong("model.seed", new SplittableRandom().nextLong(1L << 40));
    private static final int ACCOUNTS = 6;

    @Inject
    Ledger ledger;

    @Inject
    Proofs proofs;

    @Inject
    MovableClock clock;

    @Inject
    AgroalDataSource database;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void theKernelAnswersAsTheReferenceDoes() throws SQLException {
        ActualRows rows = new ActualRows(database);
        rows.makePlans(ModelPlans.ALL);
        long commands = 0;
        List<String> accounts = new ArrayList<>();
        Instant last = Instant.EPOCH;
        for (int round = 0; round < ROUNDS; round++) {
            Round one = new Round(SEED + round, rows);
            try {
                one.play();
            } catch (AssertionError | Exception e) {
                throw new AssertionError(
                        "Run it again with -Dtest=LedgerModelTest -Dmodel.rounds=1 -Dmodel.seed=" + (SEED + round), e);
            }
            commands += one.commands;
            one.players.forEach(player -> accounts.add(player.reference.accountId));
            last = one.now.isAfter(last) ? one.now : last;
        }
        clock.stopAt(last.plusSeconds(1));
        if (ROUNDS > 1) { // one alone may have posted nothing, or have ended before the second time begins
            reportsTieOut(accounts, Instant.parse("2023-01-01T00:00:00Z"), last.plusSeconds(1));
            reportsTieOut(accounts, Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2025-07-01T00:00:00Z"));
        }
        System.out.printf("The model test compared %d commands from seed %d on%n", commands, SEED);
    }

    /** To the millionth, of each account by kind of grant. */
    private void reportsTieOut(List<String> accounts, Instant from, Instant to) throws SQLException {
        Set<String> ours = Set.copyOf(accounts);
        List<String> expected = new ArrayList<>();
        for (String accountId : accounts) {
            expected.addAll(FromEntries.lines(database, accountId, from, to));
        }
        expected.sort(null);
        List<String> reported = FromEntries.reported("model-", from, to).stream()
                .filter(line -> ours.contains(line.substring(0, line.indexOf(','))))
                .toList();
        assertThat(reported).as("seed %d", SEED).isEqualTo(expected).isNotEmpty();
    }

    /** One account, what was asked of it so far, and what is asked of it in this burst. */
    private static final class Player {
        final ReferenceAccount reference;
        final RandomSteps steps;
        final List<String> history = new ArrayList<>();
        List<Asked<?>> burst = List.of();

        Player(SplittableRandom random, String accountId) {
            reference = new ReferenceAccount(accountId);
            steps = new RandomSteps(random, reference);
        }

        String history() {
            return String.join("\n", history);
        }
    }

    /** A step under way. */
    private record Asked<A>(RandomSteps.Step<A> step, CompletionStage<Outcome<A>> stage) {

        static <A> Asked<A> of(RandomSteps.Step<A> step, Ledger ledger) {
            return new Asked<>(step, ledger.submit(step.command()));
        }

        String told(ActualRows.Names grants) {
            return stage.handle((outcome, failure) -> failure == null
                            ? outcome.<String>fold(
                                    (answer, replayed) -> step.answer().read(answer, replayed, grants::seq),
                                    Text::refusal)
                            : Text.invalid(failure))
                    .toCompletableFuture()
                    .join();
        }
    }

    private final class Round {
        private final SplittableRandom random;
        private final ActualRows rows;
        private final List<Player> players;
        private Instant now;
        private int commands;

        Round(long seed, ActualRows rows) throws SQLException {
            this.random = new SplittableRandom(seed);
            this.rows = rows;
            // another name each time, so that a seed can be run twice on one database
            String name = "model-" + UUID.randomUUID() + "-";
            this.players = IntStream.range(0, ACCOUNTS)
                    .mapToObj(i -> new Player(random.split(), name + i))
                    .toList();
            this.now = Instant.parse("2024-01-01T00:00:00.000001Z").plusSeconds(random.nextInt(90_000_000));
            for (Player player : players) {
                TestAccounts.open(database, player.reference.accountId, now);
            }
        }

        void play() throws SQLException {
            int bursts = random.nextInt(4, 10);
            for (int i = 0; i < bursts; i++) {
                clock.stopAt(now);
                burst();
                check();
                look();
                now = later();
                moveZones();
            }
            unknownAccount();
            end();
        }

        /** All accounts at once; the commands of one account in order. */
        private void burst() {
            int most = random.nextInt(5) == 0 ? 1 : 12;
            List<List<RandomSteps.Step<?>>> steps = new ArrayList<>();
            for (Player player : players) {
                steps.add(IntStream.range(0, random.nextInt(most + 1))
                        .<RandomSteps.Step<?>>mapToObj(i -> player.steps.next(now))
                        .toList());
            }
            IntStream.range(0, players.size()).parallel().forEach(i -> {
                List<Asked<?>> asked = new ArrayList<>();
                steps.get(i).forEach(step -> asked.add(Asked.of(step, ledger)));
                players.get(i).burst = asked;
            });
            players.forEach(player -> player.burst.forEach(asked -> asked.stage()
                    .handle((answer, failure) -> failure == null)
                    .toCompletableFuture()
                    .join()));
        }

        private void check() throws SQLException {
            for (Player player : players) {
                ActualRows.Names grants = rows.names(player.reference.accountId);
                for (Asked<?> asked : player.burst) {
                    String expected = asked.step().expected().apply(now);
                    String told = asked.told(grants);
                    player.history.add(now + " " + asked.step().command() + "\n    " + told);
                    assertThat(told)
                            .as(
                                    "%s%n%s%n%s",
                                    player.history(), player.reference.grants.all, player.reference.runs.figures())
                            .isEqualTo(expected);
                    commands++;
                }
                player.steps.recharges.know(ActualRecharges.ids(database, player.reference.accountId));
            }
        }

        private Instant later() {
            Player player = players.get(random.nextInt(players.size()));
            Instant edge = player.steps.edge(now);
            return switch (random.nextInt(10)) {
                case 0, 1 -> now;
                case 2, 3 -> edge == null ? now : edge;
                case 4 -> edge == null ? now : edge.minus(1, ChronoUnit.MICROS);
                case 5 -> now.plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
                case 6 -> now.plusSeconds(random.nextInt(7_200));
                case 7 -> now.plus(Duration.ofDays(31));
                case 8 -> now.plus(Duration.ofDays(random.nextInt(31, 200)));
                default -> now.plusSeconds(random.nextInt(2_000_000));
            };
        }

        private void moveZones() throws SQLException {
            for (Player player : players) {
                ZoneId zone = player.steps.budgets.zone();
                if (zone != null) {
                    TestAccounts.changeTimeZone(database, player.reference.accountId, zone);
                    player.reference.budgets.zone = zone;
                    player.history.add(now + " in " + zone);
                }
            }
        }

        private void unknownAccount() {
            ReferenceAccount nobody = new ReferenceAccount("model-nobody");
            assertThat(Asked.of(new RandomSteps(random, nobody).next(now), ledger)
                            .told(new ActualRows.Names()))
                    .isEqualTo("refused ACCOUNT_NOT_FOUND []");
        }

        /** Reads show each account as of now, whether or not it was asked for anything since. */
        private void look() {
            List<CompletionStage<Outcome<AccountSummary>>> looks = players.stream()
                    .map(player -> ledger.read(player.reference.accountId, AccountSummary::of))
                    .toList();
            List<CompletionStage<Outcome<List<String>>>> budgets = players.stream()
                    .map(player -> ledger.read(
                            player.reference.accountId,
                            account -> BudgetCommands.read(account, player.steps.budgets.keys())))
                    .toList();
            for (int i = 0; i < looks.size(); i++) {
                Player player = players.get(i);
                assertThat(looks.get(i)
                                .toCompletableFuture()
                                .join()
                                .<String>fold((overview, replayed) -> Text.overview(overview), Text::refusal))
                        .as(player.history())
                        .isEqualTo(player.reference.overviewAt(now));
                assertThat(Outcome.await(budgets.get(i)))
                        .as(player.history())
                        .isEqualTo(player.steps.budgets.keys().stream()
                                .map(key -> player.reference.budgets.figures(key, now))
                                .toList());
            }
        }

        private void end() throws SQLException {
            clock.stopAt(now);
            look();
            for (Player player : players) {
                ReferenceAccount reference = player.reference;
                String accountId = reference.accountId;
                ledger.submit(new Command.Expire(accountId))
                        .toCompletableFuture()
                        .join();
                reference.recharges.watch(now, true, () -> reference.settle(now));
                same(
                        player,
                        rows.grants(accountId),
                        reference.grants.all.stream().map(Object::toString).toList());
                same(player, rows.entries(accountId), reference.grants.entries);
                same(player, rows.runs(accountId), reference.runs.figures());
                same(player, rows.usage(accountId), reference.usage.rows());
                same(player, rows.thresholds(accountId), reference.budgets.thresholds.all());
                same(player, rows.balance(accountId), List.of(reference.row()));
                same(player, ActualRecharges.rows(database, accountId), reference.recharges.rows());
                same(player, rows.subscription(accountId), reference.subscription.rows());
                same(player, rows.decisions(accountId), reference.subscription.decisions);
                same(player, rows.changes(accountId), reference.subscription.history);
                assertThat(proofs.of(accountId)).as(player.history()).contains(proof(reference, rows));
                RandomUsage.check(database, accountId, now, random);
            }
        }

        private static void same(Player player, List<String> rows, List<String> expected) {
            assertThat(rows).as(player.history()).isEqualTo(expected);
        }

        /**
         * All adds up; but for monthly grants that were commands of their own here, and of which the subscription knows
         * nothing.
         */
        private static Proof proof(ReferenceAccount reference, ActualRows rows) throws SQLException {
            List<Proof.Failure> undecided = rows.monthlyGrantsByHand(reference.accountId).stream()
                    .map(id -> new Proof.Failure("monthly_grants", "grant_" + id + " is not what was decided"))
                    .toList();
            Credits balance = new Credits(reference.balance());
            Credits held = new Credits(reference.runs.held());
            return new Proof(
                    undecided.isEmpty(),
                    reference.grants.entries.size(),
                    balance,
                    balance,
                    held,
                    new Credits(reference.grants.owed),
                    held,
                    true,
                    null,
                    undecided);
        }
    }
}
