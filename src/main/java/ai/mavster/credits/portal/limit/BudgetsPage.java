package ai.mavster.credits.portal.limit;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.budget.Budget;
import ai.mavster.credits.budget.BudgetKey;
import ai.mavster.credits.budget.BudgetView;
import ai.mavster.credits.budget.DeleteBudget;
import ai.mavster.credits.budget.PutBudget;
import ai.mavster.credits.budget.window.WindowKind;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblem;
import ai.mavster.credits.http.page.PageProblems;
import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateData;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The budgets of an account, with what is used of them, and their forms. */
@Singleton
class BudgetsPage implements PortalPage {

    static final String PATH = "/billing/budgets";

    private static final int MOST = 25;
    private static final List<Choice> WINDOWS = Arrays.stream(WindowKind.values())
            .map(window -> new Choice(window.id(), "budgets.window." + window.id()))
            .toList();

    private final Template template;
    private final Ledger ledger;
    private final PageProblems problems;
    private final MailAddresses addresses;

    BudgetsPage(
            @Location("portal/budgets.html") Template template,
            Ledger ledger,
            PageProblems problems,
            MailAddresses addresses) {
        this.template = template;
        this.ledger = ledger;
        this.problems = problems;
        this.addresses = addresses;
    }

    /**
     * What the page shows.
     *
     * @param next the cursor of those after these; null: there are none
     * @param fresh the form of a new one
     * @param sent whether it was sent and could not be taken
     * @param wrong the field that is; empty: none
     * @param windows how long a budget may last
     * @param confirm what a form would do that is to be confirmed; null: nothing
     */
    @TemplateData
    public record Shown(
            List<ShownBudget> budgets,
            @Nullable String next,
            BudgetForm fresh,
            boolean sent,
            String wrong,
            List<Choice> windows,
            @Nullable Preview confirm) {}

    /**
     * What a change would let pass nothing of.
     *
     * @param spent what is used and held of the limit by then
     */
    @TemplateData
    public record Preview(Credits limit, Credits spent, Instant resetsAt) {}

    @Override
    public void register(Portal portal) {
        portal.get(PATH, visit -> visit.answer(page(visit, null, null, null)));
        portal.post(PATH, this::save);
        portal.post(PATH + "/delete", this::delete);
    }

    private TemplateInstance page(
            Visit visit, @Nullable BudgetForm sent, @Nullable Preview confirm, @Nullable PageProblem problem) {
        String cursor = visit.request().query("cursor");
        Cursor.Place place = cursor == null ? null : Cursor.toPlace(cursor, 2);
        Page<BudgetView> page = Outcome.await(ledger.read(visit.accountId(), account -> read(place, account)));
        Texts texts = visit.texts();
        List<ShownBudget> budgets = page.data().stream()
                .map(view -> shown(view, sent, texts))
                .sorted(Comparator.comparingInt(ShownBudget::rank))
                .toList();
        BudgetForm fresh = sent != null && budgets.stream().noneMatch(ShownBudget::open) ? sent : BudgetForm.empty();
        return visit.fill(template, problem)
                .data(
                        "page",
                        new Shown(
                                budgets,
                                page.nextCursor(),
                                fresh,
                                fresh.equals(sent),
                                wrong(problem),
                                WINDOWS,
                                confirm));
    }

    /** For templates, which have no null. */
    static String wrong(@Nullable PageProblem problem) {
        return problem == null ? "" : Objects.requireNonNullElse(problem.field(), "");
    }

    private static ShownBudget shown(BudgetView view, @Nullable BudgetForm sent, Texts texts) {
        Budget budget = view.budget();
        BudgetForm own = sent != null && sent.isOf(budget.key()) ? sent : null;
        return ShownBudget.of(view, BudgetForm.of(budget, texts), own);
    }

    /** The whole account's is on the first page, however old it is. */
    private static Page<BudgetView> read(Cursor.@Nullable Place place, AccountView account) {
        Page<BudgetView> page = Page.of(BudgetView.after(place, MOST + 1, account), MOST, BudgetView::cursor);
        BudgetKey ofAccount = BudgetKey.ofAccount(account.accountId());
        List<BudgetView> views = new ArrayList<>(page.data());
        views.removeIf(view -> view.budget().key().equals(ofAccount));
        if (place == null) {
            BudgetView.of(ofAccount, account).ifPresent(view -> views.add(0, view));
        }
        return new Page<>(views, page.hasMore(), page.nextCursor());
    }

    private PageAnswer save(Visit visit) {
        BudgetForm form = BudgetForm.sent(visit.request());
        try {
            PutBudget change = form.command(visit.accountId(), visit.texts(), addresses);
            Optional<Preview> blocking =
                    Outcome.await(ledger.read(visit.accountId(), account -> blocking(change, account)));
            if (blocking.isPresent()
                    && !form.confirmed().equals(blocking.get().limit().toString())) {
                BudgetForm confirming = form.confirming(blocking.get().limit().toString());
                return visit.answer(page(visit, confirming, blocking.get(), null));
            }
            Outcome.await(ledger.submit(change));
            return visit.done(PATH, "budget_saved");
        } catch (RuntimeException failure) {
            PageProblem problem = problems.of(failure, visit.request().language());
            return PageAnswer.of(problem.status(), page(visit, form, null, problem));
        }
    }

    /** Where another limit would let nothing pass at once. */
    private static Optional<Preview> blocking(PutBudget change, AccountView account) {
        BudgetView after = change.preview(account);
        Credits limit = after.budget().usageLimit();
        Credits before = BudgetView.of(change.key(), account)
                .map(view -> view.budget().usageLimit())
                .orElse(null);
        if (limit == null || !Objects.requireNonNull(after.remaining()).isZero() || limit.equals(before)) {
            return Optional.empty();
        }
        return Optional.of(new Preview(
                limit,
                after.counted().used().plus(after.held()),
                after.counted().window().end()));
    }

    private PageAnswer delete(Visit visit) {
        BudgetForm form = BudgetForm.sent(visit.request());
        try {
            Outcome.await(ledger.submit(new DeleteBudget(form.key(visit.accountId()))));
        } catch (RefusalException refused) {
            // A second click finds it gone, as it was meant to be.
            if (refused.refusal().code() != Refusal.Code.BUDGET_NOT_FOUND) {
                PageProblem problem = problems.of(refused, visit.request().language());
                return PageAnswer.of(problem.status(), page(visit, null, null, problem));
            }
        }
        return visit.done(PATH, "budget_deleted");
    }
}
