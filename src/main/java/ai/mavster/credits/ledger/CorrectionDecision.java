package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.ledger.burndown.BurnOrder;
import ai.mavster.credits.ledger.burndown.BurnOrder.Movement;
import ai.mavster.credits.ledger.burndown.OpenGrant;
import ai.mavster.credits.ledger.burndown.ReversibleDebit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules by which what was posted before is put right, and what is owed since is settled: pure, as {@link Decision}. */
final class CorrectionDecision {

    private CorrectionDecision() {}

    static Decision.Decided reversal(AccountState account, Correction.Reversal reversal) {
        ReversibleDebit debit = account.reversible(reversal.debitId());
        if (debit == null) {
            return new Decision.Refused(Refusals.noSuchDebit(account.accountId()));
        }
        Credits left = debit.left();
        Credits amount = reversal.credits() == null ? left : reversal.credits();
        if (!amount.isPositive() || left.isLessThan(amount)) {
            return new Decision.Refused(Refusals.reversalExceeds(debit, amount));
        }
        return Decision.incoming(account, amount, debit.giveBack(amount));
    }

    /**
     * Takes what nobody has reserved: of one grant, whether or not others would be spent before it; or of those that
     * would be spent next. What a hold has kept of an expired one is reserved.
     */
    static Decision.Decided withdrawal(AccountState account, Correction.Withdrawal withdrawal) {
        UUID grantId = withdrawal.grantId();
        if (grantId == null) {
            return adjustment(account, withdrawal.credits());
        }
        OpenGrant grant = account.grants().get(grantId);
        return grant == null
                ? new Decision.Refused(Refusals.noSuchGrant(account.accountId()))
                : voiding(account, grant, withdrawal.credits());
    }

    private static Decision.Decided voiding(AccountState account, OpenGrant grant, @Nullable Credits asked) {
        Credits most = unreserved(account, grant);
        Credits amount = asked == null ? most : asked;
        return amount.isPositive() && amount.compareTo(most) <= 0
                ? new Decision.Effect(amount, List.of(), List.of(new Movement(grant.grantId(), amount.negated())))
                : new Decision.Refused(Refusals.voidExceeds(grant, most, amount));
    }

    /** What can be taken of a grant, whichever grant would be spent next; nothing once it has expired. */
    private static Credits unreserved(AccountState account, OpenGrant grant) {
        return grant.isExpired(account.asOf())
                ? Credits.ZERO
                : grant.remaining().min(account.available());
    }

    /**
     * Takes of a grant what nobody has reserved, as far as its credits are claimed; the rest of the claim is owed. It is
     * refused only where that could not be counted any more.
     */
    static Decision.Decided clawback(AccountState account, Correction.Clawback clawback) {
        OpenGrant grant = account.grants().get(clawback.grantId());
        if (grant == null) {
            return new Decision.Refused(Refusals.noSuchGrant(account.accountId()));
        }
        Credits claimed = upTo(grant, clawback.credits());
        Credits taken = claimed.min(unreserved(account, grant));
        List<Movement> movements =
                taken.isPositive() ? List.of(new Movement(grant.grantId(), taken.negated())) : List.of();
        return Decision.fits(account.owed(), claimed.minus(taken))
                ? new Decision.Effect(claimed, List.of(), movements)
                : new Decision.Refused(Refusals.owedLimit(account, claimed.minus(taken)));
    }

    /** Gives back what was clawed back of a grant, by a new one. */
    static Decision.Decided reinstatement(AccountState account, Correction.Reinstatement reinstatement) {
        OpenGrant grant = account.grants().get(reinstatement.grantId());
        return grant == null
                ? new Decision.Refused(Refusals.noSuchGrant(account.accountId()))
                : Decision.incoming(account, upTo(grant, reinstatement.credits()), List.of());
    }

    private static Credits upTo(OpenGrant grant, Credits credits) {
        if (!credits.isPositive() || grant.credits().isLessThan(credits)) {
            throw new InvalidInput("credits", "must be more than 0 and at most what the grant had");
        }
        return credits;
    }

    /**
     * What of credits that come in settles what is owed: as much as there is, of those that would be spent first. What
     * of them has expired already counts for nothing.
     */
    static List<Movement> settlement(AccountState account, List<Movement> incoming) {
        List<Movement> settling = new ArrayList<>(0);
        Credits left = account.owed();
        for (Movement movement : inBurnOrder(account, incoming)) {
            Credits part = account.isExpired(movement.grantId())
                    ? Credits.ZERO
                    : movement.credits().min(left);
            if (part.isPositive()) {
                settling.add(new Movement(movement.grantId(), part.negated()));
                left = left.minus(part);
            }
        }
        return settling;
    }

    private static List<Movement> inBurnOrder(AccountState account, List<Movement> movements) {
        return movements.stream()
                .sorted(Comparator.comparing(
                        movement -> Objects.requireNonNull(account.grants().get(movement.grantId())),
                        BurnOrder.COMPARATOR))
                .toList();
    }

    /** Takes all that is left, once nothing is held. */
    static Decision.Effect voidingAll(AccountState account) {
        return new Decision.Effect(
                account.available(), List.of(), BurnOrder.take(account.unexpired(), account.available()));
    }

    private static Decision.Decided adjustment(AccountState account, @Nullable Credits asked) {
        Credits amount = asked == null ? account.available() : asked;
        return amount.isPositive() && amount.compareTo(account.available()) <= 0
                ? new Decision.Effect(amount.negated(), List.of(), BurnOrder.take(account.unexpired(), amount))
                : new Decision.Refused(Refusals.adjustmentExceeds(account, amount));
    }
}
