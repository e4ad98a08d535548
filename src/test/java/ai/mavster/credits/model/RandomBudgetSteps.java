package ai.mavster.credits.model;

import ai.mavster.credits.budget.BudgetCommands;
import ai.mavster.credits.ledger.Command;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes up budgets of one account, and whose days count. */
final class RandomBudgetSteps {

    private static final List<String> WINDOWS = List.of("billing_period", "day", "week", "month");

    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("UTC"),
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("America/Santiago"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("+01:07"));

    private final SplittableRandom random;
    private final ReferenceAccount account;

    RandomBudgetSteps(SplittableRandom random, ReferenceAccount account) {
        this.random = random;
        this.account = account;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** All that there may be a budget of. */
    List<String> keys() {
        return List.of(
                "account " + account.accountId,
                "workspace workspace-0",
                "workspace workspace-1",
                "project project-0",
                "project project-1",
                "project project-2");
    }

    /** A budget that is made, changed or deleted. */
    RandomSteps.Step<?> next(Instant now) {
        String[] key = any(keys()).split(" ", 2);
        if (random.nextInt(6) == 0) {
            return step(
                    BudgetCommands.delete(account.accountId, key[0], key[1]),
                    when -> account.budgets.delete(key[0], key[1], when));
        }
        BudgetCommands.Put put = new BudgetCommands.Put(
                account.accountId,
                key[0],
                key[1],
                limit(key[0], key[1], now),
                random.nextBoolean() ? null : any(WINDOWS));
        return step(put.command(), when -> account.budgets.put(put, when));
    }

    /** Often about as much as is used and held already. */
    private @Nullable Long limit(String scope, String scopeId, Instant now) {
        long counted = account.budgets.counted(scope, scopeId, now);
        long most = 1_000_000_000_000_000L;
        long limit = switch (random.nextInt(9)) {
            case 0 -> 0;
            case 1 -> counted;
            case 2 -> counted - 1;
            case 3 -> counted / 2;
            case 4 -> counted + random.nextLong(1, 100_000_000);
            case 5 -> -1;
            default -> random.nextLong(1, 3_000_000_000L);
        };
        return limit < 0 ? null : (Long) Math.min(most, limit);
    }

    @Nullable
    ZoneId zone() {
        return random.nextInt(8) == 0 ? any(ZONES) : null;
    }

    /** About as much as some budget has left. */
    long aboutWhatIsLeft(Instant now) {
        long left = account.budgets.leftOf(any(keys()), now);
        return left == Long.MAX_VALUE ? 1 : left + random.nextInt(2);
    }

    private static <A> RandomSteps.Step<A> step(Command<A> command, Function<Instant, String> expected) {
        return new RandomSteps.Step<>(command, expected, (answer, replayed, grants) -> BudgetCommands.read(answer));
    }
}
