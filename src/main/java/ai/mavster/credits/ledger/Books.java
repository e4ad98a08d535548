package ai.mavster.credits.ledger;

import ai.mavster.credits.Refusal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One account as of one instant, to be looked at and not changed. What has expired by then is already taken out. */
public interface Books {

    AccountState account();

    /** The account's time: that of its test clock, or the real one. */
    Instant asOf();

    /** An id of that time. */
    UUID newId();

    /** An id that sorts after all that this process made before, whatever the account's own clock says. */
    UUID nextId();

    /** What a participant knows of the account. */
    <W extends Participant.Work> W work(Class<W> type);

    /** Why a debit would be refused now, by the decision that the debit itself would get; null: it would be accepted. */
    @Nullable
    Refusal refusal(Command.Debit debit);
}
