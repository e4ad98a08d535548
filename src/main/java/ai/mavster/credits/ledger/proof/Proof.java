package ai.mavster.credits.ledger.proof;

import ai.mavster.credits.Credits;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An account recomputed from its entries. */
@Schema(description = "An account recomputed from its entries, beside what the service's tables say of it.")
public record Proof(
        @Schema(
                description =
                        "All that the entries do not chain agrees with them: the balance, grants, postings, holds, idempotency keys, runs,"
                                + " usage, renewals and subscription.")
        boolean balanced,

        @Schema(description = "How many there are.") long entries,
        Credits sumOfEntries,
        Credits balance,
        Credits held,

        @Schema(description = "What clawbacks could not take and settlements have not taken since.")
        Credits owed,

        @Schema(description = "What open holds reserve together.")
        Credits openHolds,

        @Schema(
                description =
                        "Places are gapless from 1 and every hash is right, up to the head that the balance row keeps.")
        boolean chainIntact,

        @Schema(description = "The first entry that is missing or wrong; null if none is.") @Nullable
        Long firstBadSeq,

        @Schema(description = "What does not agree; of many the first. Empty if the account is proven.")
        List<Failure> failures) {

    /** The check of the chain of entries, of which {@code chain_intact} tells; of all others {@code balanced} does. */
    static final String CHAIN = "chain";

    public Proof {
        failures = List.copyOf(failures);
    }

    /** Something that does not agree. */
    @Schema(name = "ProofFailure")
    public record Failure(
            @Schema(description = "Which check failed.", examples = "usage")
            String check,

            @Schema(description = "What it found, in words.")
            String detail) {}
}
