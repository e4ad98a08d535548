package ai.mavster.credits.model;

import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.run.RunCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes up runs of one account, the holds they ask for, and their ends. All accounts name their runs alike. */
final class RandomRunSteps {

    private final SplittableRandom random;
    private final ReferenceAccount account;
    private final Supplier<@Nullable String> keys;
    private int started;

    RandomRunSteps(SplittableRandom random, ReferenceAccount account, Supplier<@Nullable String> keys) {
        this.random = random;
        this.account = account;
        this.keys = keys;
    }

    /** Mostly a run that was started, also in this burst, often one of the last; or the one that will be started next. */
    String any() {
        return "run-"
                + (random.nextBoolean() ? random.nextInt(started + 1) : Math.max(0, started - 1 - random.nextInt(4)));
    }

    RandomSteps.Step<?> start() {
        String parentRunId = caller();
        RunCommands.Start start = new RunCommands.Start(
                account.accountId,
                key(),
                random.nextInt(6) == 0 ? any() : "run-" + started++,
                random.nextBoolean() ? "project-" + random.nextInt(3) : null,
                parentRunId,
                random.nextBoolean()
                        ? null
                        : (Long) amount(account.available() + account.runs.reservedFor(parentRunId)),
                random.nextInt(4) == 0 ? null : (Long) Math.max(1, amount(forTheHold(parentRunId))),
                lasting(),
                random.nextInt(3) == 0 ? Duration.ofMinutes(random.nextInt(1, 5_000)) : null);
        return step(start.command(), now -> account.runs.start(start, now));
    }

    /** Often the one that was started last: so chains of runs come about, of which each may hold. */
    private @Nullable String caller() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> any();
            case 3, 4, 5, 6 -> "run-" + Math.max(0, started - 1);
            default -> null;
        };
    }

    /** Often about as much as the runs above hold, so that it is taken over from them in part, or just so. */
    private long forTheHold(@Nullable String parentRunId) {
        long reserved = account.runs.reservedFor(parentRunId);
        return reserved > 0 && random.nextBoolean()
                ? Math.min(reserved * 2, reserved + account.available())
                : reserved + account.available();
    }

    RandomSteps.Step<?> extension() {
        RunCommands.Extension extension =
                new RunCommands.Extension(account.accountId, key(), any(), Math.max(1, amount(account.available())));
        return step(extension.command(), now -> account.runs.extend(extension, now));
    }

    /** The end of a run, or a sign that it has not come yet, or that its turn has come. */
    RandomSteps.Step<?> end() {
        String runId = any();
        if (random.nextInt(3) == 0) {
            return step(RunCommands.heartbeat(account.accountId, runId), now -> account.runEnds.beat(runId, now));
        }
        if (random.nextInt(3) == 0) {
            return step(RunCommands.startQueued(account.accountId, runId), now -> account.queue.turn(runId, now));
        }
        String end = List.of("success", "failed", "canceled").get(random.nextInt(3));
        return step(RunCommands.finish(account.accountId, runId, end), now -> account.runEnds.finish(runId, end, now));
    }

    private static <A> RandomSteps.Step<A> step(Command<A> command, Function<Instant, String> expected) {
        return new RandomSteps.Step<>(
                command, expected, (answer, replayed, grants) -> RunCommands.read(answer, replayed));
    }

    private String key() {
        String key = keys.get();
        return key == null ? key() : key;
    }

    private long amount(long spendable) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> spendable;
            case 2 -> Math.min(spendable, Long.MAX_VALUE - 1) + 1;
            case 3 -> spendable / 2;
            case 4 -> random.nextLong(1, 10);
            default -> spendable / random.nextInt(3, 20);
        };
    }

    /** Seldom longer than the time between two bursts, now and then longer than a month's grant lives. */
    private Duration lasting() {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ofMinutes(1);
            case 1 -> RunCommands.HOLD_FOR;
            case 2 -> Duration.ofDays(7);
            default -> Duration.ofSeconds(random.nextInt(1, 10_000_000));
        };
    }
}
