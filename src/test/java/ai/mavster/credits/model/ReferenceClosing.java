package ai.mavster.credits.model;

import ai.mavster.credits.ledger.Command;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The end of a {@link ReferenceAccount}: what is under way ends with it, and after it only time passes. */
final class ReferenceClosing {

    private final ReferenceAccount account;
    private @Nullable Instant at;

    ReferenceClosing(ReferenceAccount account) {
        this.account = account;
    }

    boolean isOver() {
        return at != null;
    }

    @Nullable
    Instant at() {
        return at;
    }

    /** What everything new is told; null: the account is open. */
    @Nullable
    String refusal() {
        return at == null
                ? null
                : "refused ACCOUNT_CLOSED [account_id=%s, closed_at=%s]".formatted(account.accountId, at);
    }

    /** A repeat may still take back what was kept. */
    String close(Command.Close close, Instant now) {
        account.settle(now);
        account.runEnds.letGoOfAll(now);
        long left = account.balance();
        if (close.voids() && left > 0) {
            account.grants.take("void", left, 0);
        }
        if (at == null) {
            at = now;
            account.subscription.close(now);
            account.runEnds.cancel(now);
        }
        return "closed";
    }
}
