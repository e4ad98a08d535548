package ai.mavster.credits.alert;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.alert.mail.Notice;
import ai.mavster.credits.budget.limit.LimitExceeded;
import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.budget.limit.ThresholdsReached;
import ai.mavster.credits.recharge.announced.RechargeConfirmationNeeded;
import ai.mavster.credits.recharge.announced.RechargeFailed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is mailed of limits, and of recharges. Pure. */
final class Notices {

    private Notices() {}

    /** Of several thresholds at once the highest says it all. */
    static Notice of(ThresholdsReached reached) {
        boolean ofPlan = reached.scope() == LimitScope.PLAN;
        return new Notice(
                ofPlan ? Notice.Kind.PLAN_THRESHOLD : Notice.Kind.BUDGET_THRESHOLD,
                ofPlan ? null : EnumId.of(reached.scope()),
                partOfAccount(reached.scope(), reached.scopeId()),
                reached.percent().get(reached.percent().size() - 1),
                reached.used(),
                reached.limit(),
                reached.windowEnd());
    }

    static Notice of(LimitExceeded exceeded) {
        return new Notice(
                Notice.Kind.BUDGET_EXCEEDED,
                EnumId.of(exceeded.scope()),
                partOfAccount(exceeded.scope(), exceeded.scopeId()),
                null,
                null,
                exceeded.limit(),
                exceeded.windowEnd());
    }

    static Notice of(RechargeFailed failed) {
        if (failed.reason() == RechargeFailed.Reason.LIMIT_REACHED) {
            return recharge(Notice.Kind.RECHARGE_LIMIT, failed.credits(), failed.limitPerPeriod(), null, null);
        }
        return failed.enabled()
                ? recharge(Notice.Kind.RECHARGE_FAILED, failed.credits(), null, failed.pausedUntil(), null)
                : recharge(Notice.Kind.RECHARGE_SWITCHED_OFF, failed.credits(), null, null, null);
    }

    static Notice of(RechargeConfirmationNeeded needed) {
        return recharge(Notice.Kind.RECHARGE_CONFIRMATION, needed.credits(), null, null, needed.confirmationUrl());
    }

    private static Notice recharge(
            Notice.Kind kind,
            Credits credits,
            @Nullable Credits limit,
            @Nullable Instant until,
            @Nullable String link) {
        return new Notice(kind, null, null, null, credits, limit, until, link);
    }

    private static @Nullable String partOfAccount(LimitScope scope, String scopeId) {
        return scope.isOfWholeAccount() ? null : scopeId;
    }
}
