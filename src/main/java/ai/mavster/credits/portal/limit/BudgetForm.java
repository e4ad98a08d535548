package ai.mavster.credits.portal.limit;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.budget.Budget;
import ai.mavster.credits.budget.BudgetKey;
import ai.mavster.credits.budget.PutBudget;
import ai.mavster.credits.budget.Thresholds;
import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.budget.window.WindowKind;
import ai.mavster.credits.http.page.Numbers;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.http.page.Texts;
import io.quarkus.qute.TemplateData;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The form of a budget, with its fields as they are written.
 *
 * @param usageLimit empty: none
 * @param confirmed the limit that was confirmed to let nothing pass; empty: none was
 */
@TemplateData
public record BudgetForm(
        String scope,
        String scopeId,
        String usageLimit,
        String window,
        String thresholds,
        String email,
        String confirmed) {

    private static final Pattern ID = Pattern.compile(Identifier.PATTERN);
    private static final Pattern ZERO = Pattern.compile("0+([.,]0*)?");

    static BudgetForm empty() {
        return new BudgetForm(LimitScope.PROJECT.id(), "", "", WindowKind.BILLING_PERIOD.id(), "50, 75, 90", "", "");
    }

    static BudgetForm of(Budget budget, Texts texts) {
        return new BudgetForm(
                budget.key().scope().id(),
                budget.key().scopeId(),
                Numbers.field(budget.usageLimit(), texts.locale()),
                budget.window().id(),
                Percents.field(budget.thresholds().percents(), texts),
                Objects.requireNonNullElse(budget.billingEmail(), ""),
                "");
    }

    static BudgetForm sent(PageRequest request) {
        return new BudgetForm(
                field(request, "scope"),
                field(request, "scope_id"),
                field(request, "usage_limit"),
                field(request, "window"),
                field(request, "thresholds"),
                field(request, "email"),
                field(request, "confirmed"));
    }

    private static String field(PageRequest request, String name) {
        return Objects.requireNonNullElse(request.field(name), "");
    }

    /**
     * @throws InvalidInput naming the field that is wrong
     */
    BudgetKey key(String accountId) {
        LimitScope of = choice("scope", LimitScope.class, scope);
        return switch (of) {
            case ACCOUNT -> BudgetKey.ofAccount(accountId);
            case WORKSPACE, PROJECT -> {
                if (!ID.matcher(scopeId).matches()) {
                    throw new InvalidInput("scope_id", "must be an id");
                }
                yield new BudgetKey(accountId, of, scopeId);
            }
            case PLAN -> throw new InvalidInput("scope", "must be account, workspace or project");
        };
    }

    /**
     * @throws InvalidInput naming the field that is wrong
     */
    PutBudget command(String accountId, Texts texts, MailAddresses addresses) {
        return new PutBudget(
                key(accountId),
                limit(texts),
                Optional.of(Thresholds.of(Percents.of("thresholds", thresholds, texts.locale()))),
                Optional.of(choice("window", WindowKind.class, window)),
                addresses.of("email", email.isEmpty() ? null : email));
    }

    private Optional<Credits> limit(Texts texts) {
        if (usageLimit.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                ZERO.matcher(usageLimit).matches()
                        ? Credits.ZERO
                        : Numbers.credits("usage_limit", usageLimit, texts.locale()));
    }

    private static <E extends Enum<E>> E choice(String field, Class<E> type, String id) {
        try {
            return EnumId.parse(type, id);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(field, EnumId.expected(type));
        }
    }

    BudgetForm confirming(String limit) {
        return new BudgetForm(scope, scopeId, usageLimit, window, thresholds, email, limit);
    }

    /** Whether it is of the same budget. */
    boolean isOf(BudgetKey key) {
        return scope.equals(key.scope().id()) && (key.scope() == LimitScope.ACCOUNT || scopeId.equals(key.scopeId()));
    }
}
