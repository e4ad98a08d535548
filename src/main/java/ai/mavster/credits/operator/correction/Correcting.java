package ai.mavster.credits.operator.correction;

import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.operator.Visit;
import ai.mavster.credits.operator.record.ActionKind;
import ai.mavster.credits.operator.record.OperatorAction;
import ai.mavster.credits.operator.record.OperatorActions.Result;
import java.util.function.Supplier;

/** Posts, in an operator's name. */
final class Correcting {

    private Correcting() {}

    /**
     * Recorded once for each key, as it counts.
     *
     * @param ledger answers after the commit
     */
    static void record(Visit visit, ActionKind kind, String key, Supplier<Posting> ledger) throws Exception {
        OperatorAction action = OperatorAction.of(kind)
                .account(visit.accountId())
                .because(visit.reason())
                .once(key);
        visit.record(action, () -> {
            Posting posting = ledger.get();
            return Result.target(posting, posting.kind().publicId(posting.postingId(), posting.credits()));
        });
    }
}
