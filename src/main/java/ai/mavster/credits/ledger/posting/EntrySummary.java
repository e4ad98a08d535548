package ai.mavster.credits.ledger.posting;

import ai.mavster.credits.Credits;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One movement of one grant, as callers see it in the answer that posted it. */
@Schema(name = "EntrySummary")
public record EntrySummary(
        long seq,
        String grantId,

        @Schema(description = "Signed: what leaves the account is negative.")
        Credits credits) {

    public static List<EntrySummary> of(Posting posting) {
        return posting.entries().stream()
                .map(entry -> new EntrySummary(entry.seq(), PublicId.GRANT.of(entry.grantId()), entry.credits()))
                .toList();
    }
}
