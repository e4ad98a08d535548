package ai.mavster.credits.portal.limit;

import ai.mavster.credits.Credits;
import ai.mavster.credits.budget.Budget;
import ai.mavster.credits.budget.BudgetView;
import io.quarkus.qute.TemplateData;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A budget as its page shows it.
 *
 * @param key of what is shown, within the page
 * @param limit null: none
 * @param remaining null: it has no limit
 * @param bar null: there is nothing to fill
 * @param form to change it by
 * @param open whether the form is shown from the beginning
 */
@TemplateData
public record ShownBudget(
        String key,
        String scope,
        String scopeId,
        @Nullable Credits limit,
        Credits used,
        Credits held,
        @Nullable Credits remaining,
        String window,
        Instant resetsAt,
        @Nullable String email,
        State state,
        @Nullable Bar bar,
        BudgetForm form,
        boolean open) {

    private static final int DECIMALS = 2;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int NEARLY = 90;

    /** How it stands. */
    public enum State {
        /** Nothing is refused by it. */
        UNLIMITED(""),
        WITHIN("good"),
        /** Most of it is used or held. */
        NEARLY("warn"),
        /** Nothing more passes. */
        USED_UP("bad"),
        /** Nothing that costs credits passes, ever. */
        BLOCKING("bad");

        private final String tone;

        State(String tone) {
            this.tone = tone;
        }

        /** Among the styles. */
        public String tone() {
            return tone;
        }

        /** Among the texts. */
        public String key() {
            return "budgets.state." + name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is used and held, in percent of the limit, together no more than a hundred.
     *
     * @param marks where an alert is raised
     */
    @TemplateData
    public record Bar(BigDecimal used, BigDecimal held, List<BigDecimal> marks) {

        private static Bar of(BudgetView view, Credits limit) {
            BigDecimal used = percent(view.counted().used(), limit).min(HUNDRED);
            BigDecimal held = percent(view.held(), limit).min(HUNDRED.subtract(used));
            return new Bar(
                    used,
                    held,
                    view.budget().thresholds().percents().stream()
                            .filter(mark -> mark.compareTo(HUNDRED) < 0)
                            .toList());
        }

        private static BigDecimal percent(Credits of, Credits limit) {
            return BigDecimal.valueOf(of.max(Credits.ZERO).millionths())
                    .multiply(HUNDRED)
                    .divide(BigDecimal.valueOf(limit.millionths()), DECIMALS, RoundingMode.DOWN);
        }

        private boolean isAtLeast(int percent) {
            return used.add(held).compareTo(BigDecimal.valueOf(percent)) >= 0;
        }
    }

    /**
     * @param sent a form of it that could not be taken; null: none
     */
    static ShownBudget of(BudgetView view, BudgetForm form, @Nullable BudgetForm sent) {
        Budget budget = view.budget();
        Credits limit = budget.usageLimit();
        Bar bar = limit == null || limit.isZero() ? null : Bar.of(view, limit);
        State state = state(view, bar);
        return new ShownBudget(
                budget.key().scope().id() + ":" + budget.key().scopeId(),
                budget.key().scope().id(),
                budget.key().scopeId(),
                limit,
                view.counted().used(),
                view.held(),
                view.remaining(),
                budget.window().id(),
                view.counted().window().end(),
                budget.billingEmail(),
                state,
                bar,
                sent == null ? form : sent,
                sent != null);
    }

    private static State state(BudgetView view, @Nullable Bar bar) {
        Credits remaining = view.remaining();
        if (remaining == null) {
            return State.UNLIMITED;
        }
        if (bar == null) {
            return State.BLOCKING;
        }
        if (remaining.isZero()) {
            return State.USED_UP;
        }
        return bar.isAtLeast(NEARLY) ? State.NEARLY : State.WITHIN;
    }

    /** Of what it is, among the texts. */
    public String ofKey() {
        return "budgets.of." + scope;
    }

    /** When it starts anew, among the texts. */
    public String resetsKey() {
        return "budgets.resets." + window;
    }

    /** Of its form's fields within the page. */
    public String fieldId() {
        return key.replace(':', '-');
    }

    public boolean isOfAccount() {
        return scope.equals("account");
    }

    public boolean isUsedUp() {
        return state == State.USED_UP;
    }

    public boolean isBlocking() {
        return state == State.BLOCKING;
    }

    /** Those that refuse now come first, then the whole account's. */
    int rank() {
        int scopes = isOfAccount() ? 0 : 1;
        return state == State.USED_UP || state == State.BLOCKING ? scopes : 2 + scopes;
    }
}
