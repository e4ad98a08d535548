package ai.mavster.credits.ledger.posting;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a posting did. Its credits are counted in the direction of its kind, so all are positive; but for an adjustment,
 * which adds credits where it is positive, and takes them where it is negative.
 */
public enum PostingKind {
    MONTHLY_GRANT(PublicId.GRANT),
    TOP_UP(PublicId.GRANT),
    PROMOTIONAL(PublicId.GRANT),
    ADJUSTMENT(PublicId.GRANT),
    DEBIT(PublicId.DEBIT),
    REVERSAL(PublicId.REVERSAL),
    EXPIRY(PublicId.EXPIRY),
    VOID(PublicId.VOID),
    CLAWBACK(PublicId.CLAWBACK),
    SETTLEMENT(PublicId.SETTLEMENT),
    REINSTATEMENT(PublicId.GRANT);

    private final PublicId publicId;

    PostingKind(PublicId publicId) {
        this.publicId = publicId;
    }

    /**
     * A posting's id as callers see it; for one that opened a grant also the grant's.
     *
     * @param credits the posting's, or those of one of its entries
     */
    public String publicId(UUID postingId, Credits credits) {
        return isTakingAdjustment(credits) ? PublicId.ADJUSTMENT.of(postingId) : publicId.of(postingId);
    }

    private boolean isTakingAdjustment(Credits credits) {
        return this == ADJUSTMENT && credits.isNegative();
    }

    /** Whether a posting of this kind, which moved so much by its entries, opened a grant. */
    public boolean opensGrant(Credits moved) {
        return publicId == PublicId.GRANT && !isTakingAdjustment(moved);
    }

    /** The id of the posting that one of this kind undoes, as callers see it: a debit, or what opened a grant. */
    public @Nullable String publicIdOfReversed(@Nullable UUID reverses) {
        return reverses == null ? null : (this == REVERSAL ? PublicId.DEBIT : PublicId.GRANT).of(reverses);
    }

    /** What a posting has moved, by the sum of its entries; or the other way round. */
    public Credits inDirection(Credits signed) {
        return switch (this) {
            case DEBIT, EXPIRY, VOID, CLAWBACK, SETTLEMENT -> signed.negated();
            case MONTHLY_GRANT, TOP_UP, PROMOTIONAL, ADJUSTMENT, REVERSAL, REINSTATEMENT -> signed;
        };
    }

    /** The id of a posting in callers' words, of whichever kind; null if it is none. */
    public static @Nullable UUID parseId(String publicId) {
        return Stream.of(
                        PublicId.GRANT,
                        PublicId.DEBIT,
                        PublicId.REVERSAL,
                        PublicId.VOID,
                        PublicId.ADJUSTMENT,
                        PublicId.EXPIRY,
                        PublicId.CLAWBACK,
                        PublicId.SETTLEMENT)
                .map(form -> form.parse(publicId))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** As in the database and in JSON: {@code monthly_grant}. */
    public String id() {
        return EnumId.of(this);
    }

    public static PostingKind of(String id) {
        return EnumId.parse(PostingKind.class, id);
    }
}
