package ai.mavster.credits.ledger.proof;

import ai.mavster.credits.Credits;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An account recomputed from its entries. */
@Schema(description = "An account recomputed from its entries, beside what the ledger says of it.")
public record Proof(
        @Schema(
                description =
                        "The sum of the entries is the balance, each grant's entries add up to what remains of it, each posting's"
                                + " to what it moved, and what is held is what open holds reserve.")
        boolean balanced,

        @Schema(description = "How many there are.") long entries,
        Credits sumOfEntries,
        Credits balance,
        Credits held,

        @Schema(description = "What open holds reserve together.")
        Credits openHolds,

        @Schema(
                description =
                        "Places are gapless from 1 and every hash is right, up to the head that the balance row keeps.")
        boolean chainIntact,

        @Schema(description = "The first entry that is missing or wrong; null if none is.") @Nullable
        Long firstBadSeq) {}
