package ai.mavster.credits.operator.record;

import org.jspecify.annotations.Nullable;

/**
 * What is about to be done.
 *
 * @param accountId whom it concerns; null: no account, or it turns out while it is done
 * @param targetId what it changes, by its id in the API; null: it turns out while it is done
 * @param reason in the operator's words; null: none is asked for
 * @param idempotencyKey under which it counts once; null: it counts as often as it is asked for
 */
public record OperatorAction(
        ActionKind kind,
        @Nullable String accountId,
        @Nullable String targetId,
        @Nullable String reason,
        @Nullable String idempotencyKey) {

    /** One that concerns no account. */
    public static OperatorAction of(ActionKind kind) {
        return new OperatorAction(kind, null, null, null, null);
    }

    public OperatorAction account(@Nullable String id) {
        return new OperatorAction(kind, id, targetId, reason, idempotencyKey);
    }

    public OperatorAction target(@Nullable String id) {
        return new OperatorAction(kind, accountId, id, reason, idempotencyKey);
    }

    public OperatorAction because(String text) {
        return new OperatorAction(kind, accountId, targetId, text, idempotencyKey);
    }

    /** Sent again under the same key, it is the same action. */
    public OperatorAction once(String key) {
        return new OperatorAction(kind, accountId, targetId, reason, key);
    }
}
