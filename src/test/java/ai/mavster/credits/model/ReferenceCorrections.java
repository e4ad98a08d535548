package ai.mavster.credits.model;

import ai.mavster.credits.ledger.Correction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is taken back of the grants of a {@link ReferenceAccount}, and given back again. */
final class ReferenceCorrections {

    private final ReferenceAccount account;

    /** Of each grant, what was claimed in all. */
    final Map<UUID, Long> claimed = new HashMap<>();

    /** And what of that was given back. */
    final Map<UUID, Long> reinstated = new HashMap<>();

    ReferenceCorrections(ReferenceAccount account) {
        this.account = account;
    }

    /** Of the one grant that it names, or else of those that are spent first. */
    String withdraw(Correction.Withdrawal withdrawal, ReferenceGrants.@Nullable Grant named, Instant now) {
        account.settle(now);
        String earlier = account.remembered(withdrawal.idempotencyKey(), ReferenceAccount.asked(withdrawal));
        if (earlier != null) {
            return earlier;
        }
        boolean isVoid = withdrawal.grantId() != null;
        if (isVoid && named == null) {
            return "refused GRANT_NOT_FOUND []";
        }
        long most = account.available();
        if (named != null) {
            most = named.over ? 0 : Math.min(most, named.remaining);
        }
        long asked = withdrawal.credits() == null ? most : withdrawal.credits().millionths();
        if (asked == 0 || asked > most) {
            return named == null
                    ? "refused ADJUSTMENT_EXCEEDS_AVAILABLE [account_id=%s, available=%s, balance=%s, held=%s, owed=%s]"
                            .formatted(
                                    account.accountId,
                                    Text.credits(account.available()),
                                    Text.credits(account.balance()),
                                    Text.credits(account.runs.held()),
                                    Text.credits(account.grants.owed))
                    : "refused VOID_EXCEEDS_GRANT [grant_credits=%s, remaining=%s, voidable=%s]"
                            .formatted(Text.credits(named.credits), Text.credits(named.remaining), Text.credits(most));
        }
        int before = account.grants.entries.size();
        String kind = isVoid ? "void" : "adjustment";
        if (named == null) {
            account.grants.take(kind, asked, 0);
        } else {
            account.grants.takeOf("void", named, asked);
        }
        long moved = isVoid ? asked : -asked;
        return account.remember(
                withdrawal.idempotencyKey(),
                ReferenceAccount.asked(withdrawal),
                account.posting(kind, moved, moved, 0, account.entriesSince(before))
                        + Text.beside(withdrawal.texts(), null, withdrawal.author()));
    }

    /** What is there is taken, what is not is a debt. */
    String clawBack(Correction.Clawback clawback, ReferenceGrants.@Nullable Grant named, Instant now) {
        account.settle(now);
        String key = clawback.idempotencyKey();
        String earlier = account.remembered(key, ReferenceAccount.asked(clawback));
        if (earlier != null) {
            return earlier;
        }
        if (named == null) {
            return "refused GRANT_NOT_FOUND []";
        }
        long asked = clawback.credits().millionths();
        if (asked > named.credits) {
            return "invalid credits";
        }
        long there = named.over ? 0 : Math.min(named.remaining, account.available());
        long taken = Math.min(asked, there);
        if (account.grants.owed > Long.MAX_VALUE - (asked - taken)) {
            return "refused BALANCE_LIMIT_EXCEEDED []";
        }
        int before = account.grants.entries.size();
        if (taken > 0) {
            account.grants.takeOf("clawback", named, taken);
        }
        account.grants.owed += asked - taken;
        claimed.merge(clawback.grantId(), asked, Long::sum);
        return account.remember(
                key,
                ReferenceAccount.asked(clawback),
                account.posting("clawback", asked, taken, 0, account.entriesSince(before))
                        + Text.beside(clawback.texts(), null, clawback.author()));
    }

    String reinstate(Correction.Reinstatement reinstatement, ReferenceGrants.@Nullable Grant named, Instant now) {
        account.settle(now);
        String key = reinstatement.idempotencyKey();
        String earlier = account.remembered(key, ReferenceAccount.asked(reinstatement));
        if (earlier != null) {
            return earlier;
        }
        if (named == null) {
            return "refused GRANT_NOT_FOUND []";
        }
        long asked = reinstatement.credits().millionths();
        if (asked > named.credits) {
            return "invalid credits";
        }
        if (!account.fits(asked)) {
            return "refused BALANCE_LIMIT_EXCEEDED []";
        }
        String entry = account.grants.give("TOP_UP", "reinstatement", asked, null, now);
        reinstated.merge(reinstatement.grantId(), asked, Long::sum);
        return account.remember(
                key,
                ReferenceAccount.asked(reinstatement),
                account.posting("reinstatement", asked, asked, 0, List.of(entry))
                        + Text.beside(reinstatement.texts(), reinstatement.amount(), reinstatement.author()));
    }
}
