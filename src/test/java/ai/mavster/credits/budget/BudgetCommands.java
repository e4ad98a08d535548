package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.budget.window.WindowKind;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Command;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The commands of budgets, which other packages do not know, for tests that ask them of the ledger. Amounts are
 * millionths.
 */
public final class BudgetCommands {

    private BudgetCommands() {}

    /**
     * A budget that is to be set.
     *
     * @param limit null: it is cleared
     * @param window null: as it is
     */
    public record Put(
            String accountId,
            String scope,
            String scopeId,
            @Nullable Long limit,
            @Nullable String window) {

        public Command<?> command() {
            return new PutBudget(
                    key(accountId, scope, scopeId),
                    Optional.ofNullable(limit).map(Credits::new),
                    Optional.of(Thresholds.DEFAULT),
                    window == null ? null : Optional.of(EnumId.parse(WindowKind.class, window)),
                    Optional.empty());
        }
    }

    public static Command<?> delete(String accountId, String scope, String scopeId) {
        return new DeleteBudget(key(accountId, scope, scopeId));
    }

    private static BudgetKey key(String accountId, String scope, String scopeId) {
        return new BudgetKey(accountId, EnumId.parse(LimitScope.class, scope), scopeId);
    }

    /** What is known of a budget. */
    public record Figures(
            String scope,
            String scopeId,
            @Nullable Long limit,
            String window,
            long used,
            long held,
            Instant start,
            Instant end) {

        private static Figures of(BudgetView view) {
            Credits limit = view.budget().usageLimit();
            return new Figures(
                    view.budget().key().scope().id(),
                    view.budget().key().scopeId(),
                    limit == null ? null : limit.millionths(),
                    view.budget().window().id(),
                    view.counted().used().millionths(),
                    view.held().millionths(),
                    view.counted().window().start(),
                    view.counted().window().end());
        }
    }

    /** The answer to any of these commands, as text. */
    public static String read(Object answer) {
        return answer instanceof PutBudget.Done done
                ? Figures.of(done.view()) + (done.created() ? " made" : "")
                : "deleted";
    }

    /** Some budgets of an account as of a moment, as text; one that is not there is {@code none}. */
    public static List<String> read(AccountView account, List<String> scopesAndIds) {
        return scopesAndIds.stream()
                .map(one -> one.split(" ", 2))
                .map(one -> Optional.ofNullable(account.inBatch(BudgetsInBatch.class)
                                .view(key(account.accountId(), one[0], one[1]), account))
                        .map(view -> Figures.of(view).toString())
                        .orElse("none"))
                .toList();
    }
}
