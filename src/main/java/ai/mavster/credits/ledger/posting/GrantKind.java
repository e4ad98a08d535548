package ai.mavster.credits.ledger.posting;

import ai.mavster.credits.EnumId;

/** Where a grant's credits came from. Among grants that expire together, or never, kinds are spent in this order. */
public enum GrantKind {
    MONTHLY(PostingKind.MONTHLY_GRANT),
    PROMOTIONAL(PostingKind.PROMOTIONAL),
    ADJUSTMENT(PostingKind.ADJUSTMENT),
    TOP_UP(PostingKind.TOP_UP);

    private final PostingKind posting;

    GrantKind(PostingKind posting) {
        this.posting = posting;
    }

    public PostingKind posting() {
        return posting;
    }

    /** Whether a posting of that kind opens such a grant. */
    public boolean isOpenedBy(PostingKind kind) {
        return kind == posting || (this == TOP_UP && kind == PostingKind.REINSTATEMENT);
    }

    /** As in the database and in JSON: {@code top_up}. */
    public String id() {
        return EnumId.of(this);
    }

    public static GrantKind of(String id) {
        return EnumId.parse(GrantKind.class, id);
    }
}
