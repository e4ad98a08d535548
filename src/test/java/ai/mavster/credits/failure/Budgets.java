package ai.mavster.credits.failure;

import ai.mavster.credits.failure.Operation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Raises and lowers budgets, and remembers which limit may have been in force when. Used by one thread. */
final class Budgets {

    private static final long LATE_NANOS = 60_000_000_000L;

    private final Caller caller;
    private final SplittableRandom random;
    private final Map<String, List<Operation>> limits = new HashMap<>();

    Budgets(Caller caller, SplittableRandom random, List<UsedAccount> accounts) {
        this.caller = caller;
        this.random = random;
        for (UsedAccount account : accounts) {
            limits.put(path(account.id, "project", "p0"), new CopyOnWriteArrayList<>());
            limits.put(path(account.id, "project", "p1"), new CopyOnWriteArrayList<>());
        }
    }

    private static String path(String accountId, String scope, String scopeId) {
        return "/v1/accounts/%s/budgets/%s/%s".formatted(accountId, scope, scopeId);
    }

    /** Often a limit that lets a little more pass than was used, now and then one that was passed already. */
    void changeOne(UsedAccount account, BooleanSupplier goOn) {
        String project = random.nextBoolean() ? "p0" : "p1";
        String path = path(account.id, "project", project);
        List<Operation> known = limits.get(path);
        Answer last = known.isEmpty() ? null : known.get(known.size() - 1).done();
        long used = last == null ? 0 : last.millionths("used");
        long limit = Math.max(0, used + random.nextInt(-20, 400) * Amounts.CREDIT);
        Operation put = new Operation(
                Kind.BUDGET,
                account.id,
                "PUT",
                path,
                null,
                "{\"usage_limit\": %s, \"window\": \"month\"}".formatted(Amounts.text(limit)));
        knows(account.id, project, put);
        caller.ask(put, random, goOn);
    }

    /** A limit that is about to be asked for. */
    void knows(String accountId, String project, Operation put) {
        limits.get(path(accountId, "project", project)).add(put);
    }

    boolean isLimited(String accountId, @Nullable String project) {
        return project != null && limits.containsKey(path(accountId, "project", project));
    }

    /**
     * The highest limit that may have been in force at some moment between two instants of the steady clock; null: maybe
     * there was none.
     */
    @Nullable
    Long highest(String accountId, String project, long from, long to) {
        List<Operation> puts = new ArrayList<>(limits.get(path(accountId, "project", project)));
        puts.removeIf(put -> put.answers().isEmpty());
        OptionalLong latest = puts.stream()
                .filter(put -> put.isDone() && put.ended() < from)
                .mapToLong(Operation::began)
                .max();
        if (latest.isEmpty()) {
            return null;
        }
        long highest = 0;
        for (Operation put : puts) {
            boolean superseded = latest.getAsLong() > last(put);
            if (put.began() < to && !superseded) {
                highest = Math.max(highest, Amounts.millionths(put.asked().path("usage_limit")));
            }
        }
        return highest;
    }

    /** When it can have had its effect at the latest: an attempt of unknown outcome may still be under way. */
    private static long last(Operation put) {
        long ended = put.answers().stream().mapToLong(Answer::ended).max().orElse(Long.MAX_VALUE);
        return put.wasAmbiguous() || !put.isDone() ? ended + LATE_NANOS : ended;
    }
}
