package ai.mavster.credits.failure;

import ai.mavster.credits.failure.Operation.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * What was reserved and what was limited when each posting was made. Holds and limits have no place in the order of the
 * entries, so each is counted as far as it was surely there: acknowledged before the posting was asked for, and not
 * asked to end before that was answered.
 */
final class Limits {

    private static final String LONG_HOLD = "PT2H";

    private final ReadAccount account;
    private final Budgets budgets;
    private final Consumer<String> fault;
    private final Map<String, Held> runs = new HashMap<>();
    private final Queue<Held> waiting = new PriorityQueue<>(Comparator.comparingLong((Held held) -> held.began));
    private final List<Held> active = new ArrayList<>();
    private final Map<String, Operation> byKey = new HashMap<>();

    /** A run's hold: what was added to it when, from when on it may have ended, and what its debits have taken so far. */
    private static final class Held {
        final String project;
        final List<Operation> additions = new ArrayList<>();
        long began = Long.MAX_VALUE;
        long end = Long.MAX_VALUE;
        long debited;

        Held(String project) {
            this.project = project;
        }

        long surelyBetween(long from, long to) {
            long held = additions.stream()
                    .filter(addition -> addition.ended() < from)
                    .mapToLong(Limits::amount)
                    .sum();
            return end < to ? 0 : Math.max(0, held - debited);
        }
    }

    Limits(ReadAccount account, Budgets budgets, List<Operation> operations, Consumer<String> fault) {
        this.account = account;
        this.budgets = budgets;
        this.fault = fault;
        for (Operation operation : operations) {
            if (operation.key != null) {
                byKey.put(operation.key, operation);
            }
            String run = run(operation);
            if (operation.kind == Kind.RUN && isLong(operation)) {
                runs.put(run, new Held(operation.asked().path("project_id").asText()));
            }
        }
        for (Operation operation : operations) {
            Held held = runs.get(run(operation));
            if (held != null) {
                switch (operation.kind) {
                    case RUN, EXTENSION -> {
                        if (operation.isDone()) {
                            held.additions.add(operation);
                            held.began = Math.min(held.began, operation.ended());
                        }
                    }
                    case FINISH -> held.end = Math.min(held.end, operation.began());
                    default -> {}
                }
            }
        }
        waiting.addAll(runs.values());
    }

    private static boolean isLong(Operation run) {
        return run.asked().path("hold_expires_in").asText().equals(LONG_HOLD);
    }

    private static String run(Operation operation) {
        return switch (operation.kind) {
            case RUN -> operation.asked().path("run_id").asText();
            case RUN_DEBIT, EXTENSION, FINISH -> operation.path.replaceAll(".*/runs/([^/]*)/.*", "$1");
            default -> "";
        };
    }

    private static long amount(Operation addition) {
        return Amounts.millionths(addition.asked().path(addition.kind == Kind.RUN ? "hold" : "credits"));
    }

    void check() {
        Map<String, Long> used = new HashMap<>();
        Map<String, JsonNode> debits = new HashMap<>();
        for (JsonNode posting : inOrder()) {
            long credits = Math.abs(Amounts.millionths(posting.path("credits")));
            String kind = posting.path("kind").asText();
            if (kind.equals("debit")) {
                debits.put(posting.path("id").asText(), posting);
                used.merge(window(posting), credits, Long::sum);
                Held own = runs.get(posting.path("run_id").asText());
                if (own != null) {
                    own.debited += credits;
                }
            } else if (kind.equals("reversal")) {
                used.merge(window(debits.get(posting.path("reverses").asText())), -credits, Long::sum);
            }
            Operation operation = byKey.get(posting.path("idempotency_key").asText());
            if (operation != null && operation.isDone()) {
                checkHeld(operation);
                if (kind.equals("debit") && credits > 0) {
                    checkBudget(posting, operation, used);
                }
            }
        }
    }

    private List<JsonNode> inOrder() {
        return account.postings.stream()
                .filter(posting -> account.place(posting) > 0)
                .sorted(Comparator.comparingLong(account::place))
                .toList();
    }

    /** Project and month: what of a project is used counts in the month of its debit. */
    private static String window(JsonNode debit) {
        return debit.path("project_id").asText() + " "
                + debit.path("occurred_at").asText().substring(0, 7);
    }

    private void checkHeld(Operation operation) {
        long told = operation.done().millionths("held");
        long held = surelyHeld(operation, "");
        if (told < held) {
            fault.accept("%s held at least %s, and said %s when it answered %s to %s"
                    .formatted(
                            account.id,
                            Amounts.text(held),
                            Amounts.text(told),
                            operation.done().body(),
                            operation));
        }
    }

    private long surelyHeld(Operation operation, String project) {
        while (!waiting.isEmpty() && waiting.peek().began < operation.began()) {
            active.add(waiting.poll());
        }
        // One that has ended before this was asked for has ended for all that come after it.
        active.removeIf(held -> held.end < operation.began());
        return active.stream()
                .filter(held -> project.isEmpty() || held.project.equals(project))
                .mapToLong(held -> held.surelyBetween(operation.began(), operation.ended()))
                .sum();
    }

    /** Not of runs: what they take may have been reserved when there was more room. */
    private void checkBudget(JsonNode posting, Operation operation, Map<String, Long> used) {
        String project = posting.path("project_id").asText();
        if (operation.kind == Kind.RUN_DEBIT || !budgets.isLimited(account.id, project)) {
            return;
        }
        Long limit = budgets.highest(account.id, project, operation.began(), operation.ended());
        long spent = used.get(window(posting)) + surelyHeld(operation, project);
        if (limit != null && spent > limit) {
            fault.accept("%s: %s of %s are used of the budget of %s after %s"
                    .formatted(account.id, Amounts.text(spent), Amounts.text(limit), project, posting));
        }
    }
}
