package ai.mavster.credits.run.record;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Refusal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A 402 that a run got while it was running. */
@Schema(name = "RunRefusal", examples = """
        {"code": "insufficient_credits", "required": 12, "available": 3.5, "at": "2026-11-21T18:39:00Z"}""")
public record PastRefusal(
        @Schema(enumeration = {"subscription_required", "insufficient_credits", "budget_exceeded"})
        Refusal.Code code,

        @Schema(description = "What was asked for; null where the refusal did not say.") @Nullable
        Credits required,

        @Schema(description = "What could have been spent; null where the refusal did not say.") @Nullable
        Credits available,

        Instant at) {

    private static final String UNKNOWN = "-";

    static PastRefusal of(Refusal refusal, Instant at) {
        return new PastRefusal(refusal.code(), figure(refusal, "required"), figure(refusal, "available"), at);
    }

    private static @Nullable Credits figure(Refusal refusal, String member) {
        return refusal.members().get(member) instanceof Credits credits ? credits : null;
    }

    /** A line of text, as a run's row keeps it. */
    String toText() {
        return String.join(
                " ",
                at.toString(),
                code.id(),
                required == null ? UNKNOWN : required.toString(),
                available == null ? UNKNOWN : available.toString());
    }

    static PastRefusal parse(String text) {
        List<String> parts = List.of(text.split(" ", -1));
        return new PastRefusal(
                EnumId.parse(Refusal.Code.class, parts.get(1)),
                credits(parts.get(2)),
                credits(parts.get(3)),
                Instant.parse(parts.get(0)));
    }

    private static @Nullable Credits credits(String text) {
        return text.equals(UNKNOWN) ? null : Credits.parse(text);
    }
}
