package ai.mavster.credits.ledger.erasure;

import ai.mavster.credits.ledger.posting.Salt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an account has come to its end: closed first, then its texts are to go, then they are gone, and with them the
 * salt by which they could be found out.
 *
 * @param closedAt since when nothing is done for it any more; null: it is not closed
 * @param erasing its texts are to go, and are gone once the salt is
 */
public record Ending(@Nullable Instant closedAt, boolean erasing, Salt salt) {

    /** Of a new account. */
    public static Ending none(Salt salt) {
        return new Ending(null, false, salt);
    }

    /** For good. */
    public Ending closed(Instant at) {
        return new Ending(at, erasing, salt);
    }

    /** Its texts are to go from now on. */
    public Ending toErase() {
        return new Ending(closedAt, true, salt);
    }

    /** Its texts are gone. */
    public Ending withoutSalt() {
        return new Ending(closedAt, erasing, Salt.of(null));
    }
}
