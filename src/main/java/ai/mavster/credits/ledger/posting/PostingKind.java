package ai.mavster.credits.ledger.posting;

import ai.mavster.credits.EnumId;
import java.util.UUID;

/** What a posting did. */
public enum PostingKind {
    MONTHLY_GRANT(PublicId.GRANT),
    TOP_UP(PublicId.GRANT),
    PROMOTIONAL(PublicId.GRANT),
    ADJUSTMENT(PublicId.GRANT),
    DEBIT(PublicId.DEBIT),
    REVERSAL(PublicId.REVERSAL),
    EXPIRY(PublicId.EXPIRY);

    private final PublicId publicId;

    PostingKind(PublicId publicId) {
        this.publicId = publicId;
    }

    /** A posting's id as callers see it; for a grant also the grant's. */
    public String publicId(UUID postingId) {
        return publicId.of(postingId);
    }

    /** As in the database and in JSON: {@code monthly_grant}. */
    public String id() {
        return EnumId.of(this);
    }

    public static PostingKind of(String id) {
        return EnumId.parse(PostingKind.class, id);
    }
}
