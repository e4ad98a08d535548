package ai.mavster.credits.failure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something a client wants done once, and all that it was told about it, attempt by attempt. */
final class Operation {

    /** What is asked for, for the checks. */
    enum Kind {
        DEBIT,
        TAKE_AVAILABLE,
        TOP_UP,
        PROMOTION,
        REVERSAL,
        RUN,
        RUN_DEBIT,
        EXTENSION,
        FINISH,
        BUDGET,
        OTHER;

        /** Whether one that is done has posted something under its key. */
        boolean posts() {
            return switch (this) {
                case DEBIT, TAKE_AVAILABLE, TOP_UP, PROMOTION, REVERSAL, RUN_DEBIT -> true;
                default -> false;
            };
        }
    }

    final Kind kind;
    final String accountId;
    final String method;
    final String path;
    final @Nullable String key;
    final String body;
    private final List<Answer> answers = new ArrayList<>();
    private boolean settled;

    Operation(Kind kind, String accountId, String method, String path, @Nullable String key, String body) {
        this.kind = kind;
        this.accountId = accountId;
        this.method = method;
        this.path = path;
        this.key = key;
        this.body = body;
    }

    static Operation post(Kind kind, String accountId, String path, String key, String body) {
        return new Operation(kind, accountId, "POST", "/v1/accounts/" + accountId + path, key, body);
    }

    synchronized void told(Answer answer) {
        answers.add(answer);
    }

    synchronized List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** The first answer that says that it is done; null: none does. */
    synchronized @Nullable Answer done() {
        return answers.stream()
                .filter(answer -> answer.kind() == AnswerKind.DONE)
                .findFirst()
                .orElse(null);
    }

    synchronized boolean isDone() {
        return done() != null;
    }

    /** Some attempt ended without anybody knowing what became of it. */
    synchronized boolean wasAmbiguous() {
        return answers.stream().anyMatch(answer -> answer.kind() == AnswerKind.AMBIGUOUS);
    }

    /** Whether the last word is not yet spoken: an attempt of unknown outcome may still take effect after a refusal. */
    synchronized boolean isOutstanding() {
        return !settled
                && !isDone()
                && (wasAmbiguous()
                        || answers.stream().noneMatch(answer -> answer.kind().isDefinite()));
    }

    /** A definite answer has come when no attempt could be under way any more. */
    synchronized void settle() {
        settled = true;
    }

    /** When the first attempt was sent. */
    synchronized long began() {
        return answers.stream().mapToLong(Answer::began).min().orElse(Long.MAX_VALUE);
    }

    /** When the last attempt ended of which nobody knows the outcome. */
    synchronized long lastAmbiguous() {
        return answers.stream()
                .filter(answer -> answer.kind() == AnswerKind.AMBIGUOUS)
                .mapToLong(Answer::ended)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** When the answer was here that says that it is done. */
    long ended() {
        return Objects.requireNonNull(done()).ended();
    }

    JsonNode asked() {
        try {
            return Amounts.JSON.readTree(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(body, e);
        }
    }

    @Override
    public String toString() {
        return "%s %s %s [%s] %s".formatted(kind, method, path, key, body);
    }
}
