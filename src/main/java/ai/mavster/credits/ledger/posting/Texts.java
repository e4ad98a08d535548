package ai.mavster.credits.ledger.posting;

import ai.mavster.credits.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * What callers have written to a posting in words of their own. It is kept apart from the posting, so that it can be
 * erased: the posting has its {@linkplain Salt#digest digest}.
 *
 * @param reference the caller's own number for it
 */
public record Texts(
        @Nullable String reference,
        @Nullable String note,
        @Nullable Metadata metadata) {

    public static final Texts NONE = new Texts(null, null, null);

    /** Nothing but metadata, if that. */
    public static Texts of(@Nullable Metadata metadata) {
        return metadata == null ? NONE : new Texts(null, null, metadata);
    }

    /** Nothing but a note. */
    public static Texts note(String note) {
        return new Texts(null, note, null);
    }

    public boolean isEmpty() {
        return reference == null && note == null && metadata == null;
    }
}
