package ai.mavster.credits.operator;

import ai.mavster.credits.EnumId;
import io.quarkus.qute.TemplateExtension;
import java.util.Set;

/** Ids of the API as words, and how good a state is; in templates {@code words:of(status)}. */
final class Words {

    private static final Set<String> GOOD =
            Set.of("active", "trialing", "success", "delivered", "processed", "paid", "full", "succeeded");
    private static final Set<String> WARN =
            Set.of("past_due", "paused", "queued", "pending", "partial", "received", "abandoned", "unknown", "ordered");
    private static final Set<String> BAD = Set.of(
            "failed",
            "hard_failure",
            "unexplained",
            "declined",
            "uncredited",
            "insufficient_credits",
            "budget_exceeded",
            "subscription_required",
            "account_closed");

    private Words() {}

    /** {@code past due}. */
    @TemplateExtension(namespace = "words", matchName = "of")
    static String words(Object id) {
        return id(id).replace('_', ' ').replace('.', ' ');
    }

    /** The class of a badge: {@code good}, {@code warn}, {@code bad} or none. */
    @TemplateExtension(namespace = "words", matchName = "tone")
    static String tone(Object id) {
        String text = id(id);
        return GOOD.contains(text) ? "good" : WARN.contains(text) ? "warn" : BAD.contains(text) ? "bad" : "";
    }

    private static String id(Object id) {
        return id instanceof Enum<?> value ? EnumId.of(value) : String.valueOf(id);
    }
}
