package ai.mavster.credits.ledger;

import ai.mavster.credits.Author;
import ai.mavster.credits.Money;
import ai.mavster.credits.ledger.posting.HashChain;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Salt;
import ai.mavster.credits.ledger.posting.Texts;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why something is posted.
 *
 * @param command null: nobody has asked for it, since it follows from the time, or from another posting
 */
record Head(
        PostingKind kind,
        Command.@Nullable Posts command,
        Author author,
        Purpose purpose,
        @Nullable UUID reverses) {

    static Head of(PostingKind kind, Command.Posts command, Purpose purpose, @Nullable UUID reverses) {
        return new Head(kind, command, command.author(), purpose, reverses);
    }

    @Nullable
    String idempotencyKey() {
        return command == null ? null : command.idempotencyKey();
    }

    Texts texts() {
        return command == null ? Texts.NONE : command.texts();
    }

    @Nullable
    Money amount() {
        if (command instanceof Command.Grant grant) {
            return grant.amount();
        }
        return command instanceof Correction.Reinstatement reinstatement ? reinstatement.amount() : null;
    }

    HashChain.Covered covered(Posting posting, int entries, Salt salt) {
        byte[] fingerprint = command == null || command.idempotencyKey() == null ? null : command.fingerprint(salt);
        Instant expiresAt = command instanceof Command.Grant grant ? grant.expiresAt() : null;
        return new HashChain.Covered(posting, entries, fingerprint, expiresAt);
    }
}
