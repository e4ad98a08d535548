package ai.mavster.credits.failure;

import ai.mavster.credits.failure.Operation.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Nothing that was acknowledged is lost, nothing is there twice, and nothing is there that nobody asked for. */
final class Keys {

    private final ReadAccount account;
    private final Map<String, JsonNode> postings = new HashMap<>();
    private final Consumer<String> fault;

    Keys(ReadAccount account, Consumer<String> fault) {
        this.account = account;
        this.fault = fault;
        for (JsonNode posting : account.postings) {
            JsonNode key = posting.path("idempotency_key");
            if (key.isTextual() && postings.put(key.asText(), posting) != null) {
                fault.accept("%s: two postings under the key %s".formatted(account.id, key.asText()));
            }
        }
    }

    void check(List<Operation> operations) {
        Map<String, JsonNode> unasked = new HashMap<>(postings);
        Map<String, JsonNode> runs = new HashMap<>();
        account.runs.forEach(run -> runs.put(run.path("run_id").asText(), run));
        for (Operation operation : operations) {
            if (operation.kind.posts()) {
                JsonNode posting = unasked.remove(operation.key);
                check(operation, posting);
            } else if (operation.kind == Kind.RUN && operation.isDone()) {
                String run = operation.asked().path("run_id").asText();
                if (!runs.containsKey(run) || runs.get(run).path("hold").isNull()) {
                    fault.accept(
                            "%s: %s was acknowledged, and is not there: %s".formatted(account.id, run, runs.get(run)));
                }
            }
        }
        unasked.forEach((key, posting) ->
                fault.accept("%s: nobody asked for what is under the key %s: %s".formatted(account.id, key, posting)));
    }

    private void check(Operation operation, JsonNode posting) {
        Answer answer = operation.done();
        if (operation.isOutstanding()) {
            fault.accept("nobody knows what became of " + operation);
        } else if (answer == null && posting != null) {
            fault.accept("refused, and posted all the same: %s for %s".formatted(posting, operation));
        } else if (answer != null && posting == null) {
            fault.accept("acknowledged and lost: %s for %s".formatted(answer.body(), operation));
        } else if (answer != null) {
            boolean same =
                    posting.path("id").asText().equals(answer.body().path("id").asText())
                            && Math.abs(Amounts.millionths(posting.path("credits"))) == answer.millionths("credits")
                            && Amounts.millionths(posting.path("balance_after")) == answer.millionths("balance");
            if (!same) {
                fault.accept("told otherwise: %s, and there is %s for %s".formatted(answer.body(), posting, operation));
            }
            isAsAsked(operation, posting);
        }
    }

    private void isAsAsked(Operation operation, JsonNode posting) {
        JsonNode asked = operation.asked().path("credits");
        long moved = Math.abs(Amounts.millionths(posting.path("credits")));
        boolean exact = operation.kind != Kind.TAKE_AVAILABLE;
        if (asked.isNumber() && (exact ? moved != Amounts.millionths(asked) : moved > Amounts.millionths(asked))) {
            fault.accept("another amount than was asked for: %s for %s".formatted(posting, operation));
        }
    }
}
