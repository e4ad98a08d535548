package ai.mavster.credits.alert;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.alert.mail.Notice;
import ai.mavster.credits.budget.limit.LimitExceeded;
import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.budget.limit.ThresholdsReached;
import org.jspecify.annotations.Nullable;

/** What is mailed of limits. Pure. */
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

    private static @Nullable String partOfAccount(LimitScope scope, String scopeId) {
        return scope.isOfWholeAccount() ? null : scopeId;
    }
}
