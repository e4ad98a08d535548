package ai.mavster.credits.ledger.posting;

import ai.mavster.credits.EnumId;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** The id of a posting in callers' words, of whichever kind; null if it is none. */
    public static @Nullable UUID parseId(String publicId) {
        return Stream.of(values())
                .map(kind -> kind.publicId)
                .distinct()
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
