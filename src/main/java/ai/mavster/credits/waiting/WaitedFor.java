package ai.mavster.credits.waiting;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.posting.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was refused and may be waited for.
 *
 * @param scopeId the workspace or project whose budget refused it; or else the account
 * @param reason the code of the first refusal
 * @param required the smallest amount that was refused, without what came from a hold: what has to be free
 * @param since when it was refused first
 * @param lookAt from when on time alone may let it pass; null: it will not
 */
record WaitedFor(
        String accountId,
        Scope scope,
        String scopeId,
        Refusal.Code reason,
        Credits required,
        Instant since,
        @Nullable Instant lookAt) {

    private static final Credits SMALLEST = new Credits(1);

    /** Of what something was refused. */
    enum Scope {
        ACCOUNT,
        WORKSPACE,
        PROJECT;

        String id() {
            return EnumId.of(this);
        }
    }

    /** A 402. */
    static WaitedFor of(Refusal refusal, AccountView account) {
        Scope scope = Scope.ACCOUNT;
        String scopeId = account.accountId();
        if (refusal.code() == Refusal.Code.BUDGET_EXCEEDED && refusal.members().get("scope") != null) {
            scope = Scope.valueOf(String.valueOf(refusal.members().get("scope")).toUpperCase(Locale.ROOT));
            scopeId = scope == Scope.ACCOUNT
                    ? scopeId
                    : String.valueOf(refusal.members().get("scope_id"));
        }
        return new WaitedFor(
                account.accountId(),
                scope,
                scopeId,
                refusal.code(),
                required(refusal, account).max(SMALLEST),
                account.asOf(),
                resetsAt(refusal));
    }

    private static Credits required(Refusal refusal, AccountView account) {
        if (refusal.code() == Refusal.Code.INSUFFICIENT_CREDITS) {
            return refusal.members().get("shortfall") instanceof Credits shortfall
                    ? account.available().plus(shortfall)
                    : SMALLEST;
        }
        return refusal.members().get("required") instanceof Credits required ? required : SMALLEST;
    }

    private static @Nullable Instant resetsAt(Refusal refusal) {
        return refusal.members().get("resets_at") instanceof Instant at ? at : null;
    }

    /** This one and another of the same scope: the smaller amount, since the first. */
    WaitedFor and(WaitedFor later) {
        Instant earliest =
                lookAt == null || (later.lookAt != null && later.lookAt.isBefore(lookAt)) ? later.lookAt : lookAt;
        return new WaitedFor(accountId, scope, scopeId, reason, required.min(later.required), since, earliest);
    }

    /** The same, to be checked again when what refuses it now ends. */
    WaitedFor stillBy(Refusal refusal) {
        return new WaitedFor(accountId, scope, scopeId, reason, required, since, resetsAt(refusal));
    }

    boolean isDue(Instant now) {
        return lookAt != null && !lookAt.isAfter(now);
    }

    /** What it would take for it to pass. */
    AccountView.Need need() {
        return new AccountView.Need(required, purpose(), List.of());
    }

    Purpose purpose() {
        return new Purpose(
                null,
                null,
                scope == Scope.WORKSPACE ? scopeId : null,
                scope == Scope.PROJECT ? scopeId : null,
                null,
                null);
    }
}
