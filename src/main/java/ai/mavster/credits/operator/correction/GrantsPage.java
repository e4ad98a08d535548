package ai.mavster.credits.operator.correction;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.account.Accounts;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblem;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Correction;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.ledger.posting.Texts;
import ai.mavster.credits.ledger.statement.GrantRepository;
import ai.mavster.credits.operator.Done;
import ai.mavster.credits.operator.Lists;
import ai.mavster.credits.operator.Navigation;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import ai.mavster.credits.operator.record.ActionKind;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account's grants, and taking back what is left of one. */
@Singleton
class GrantsPage implements OperatorPage {

    private static final String PATH = "/operator/accounts/:account_id/grants";

    private final Accounts accounts;
    private final Ledger ledger;
    private final GrantRepository grants;
    private final Template list;
    private final Template taking;

    GrantsPage(
            Accounts accounts,
            Ledger ledger,
            GrantRepository grants,
            @Location("operator/grants.html") Template list,
            @Location("operator/void.html") Template taking) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.grants = grants;
        this.list = list;
        this.taking = taking;
    }

    @Override
    public void register(Operator operator) {
        operator.get(PATH, this::list);
        operator.get(PATH + "/:grant_id/void", visit -> show(visit, Fields.NONE, null, null));
        operator.post(PATH + "/:grant_id/void", this::submit);
    }

    private PageAnswer list(Visit visit) {
        AccountView account = account(visit);
        UUID before = visit.cursor() == null ? null : PublicId.uuid(visit.cursor());
        if (visit.cursor() != null && before == null) {
            throw new InvalidInput("cursor", "is not a place in this list");
        }
        List<GrantRepository.Listed> found = grants.newestFirst(account, before, Lists.ROWS + 1);
        List<GrantRepository.Listed> shown = found.subList(0, Math.min(Lists.ROWS, found.size()));
        String next =
                found.size() > shown.size() ? shown.get(shown.size() - 1).id().toString() : null;
        return PageAnswer.of(visit.fill(list)
                .data("profile", accounts.profile(visit.accountId()))
                .data("closed", account.closedAt() != null)
                .data("grants", shown)
                .data("next", Lists.next(visit.request().path(), Map.of(), next)));
    }

    private PageAnswer submit(Visit visit) throws Exception {
        Fields fields = Fields.of(visit.request());
        try {
            AccountView account = account(visit);
            GrantRepository.Listed grant = grant(visit, account);
            Credits credits = fields.creditsOrAll();
            String reason = visit.reason();
            if (visit.request().field("confirmed") == null) {
                return show(visit, fields.keyed(), effect(account, grant, credits), null);
            }
            Command<Posting> withdrawal = new Correction.Withdrawal(
                    visit.accountId(),
                    fields.idempotencyKey(),
                    grant.id(),
                    credits,
                    Texts.note(reason),
                    visit.author());
            Correcting.record(
                    visit, ActionKind.VOIDED, fields.idempotencyKey(), () -> Outcome.await(ledger.submit(withdrawal)));
        } catch (InvalidInput | RefusalException failure) {
            return show(visit, fields, null, visit.problem(failure));
        }
        return visit.done(Navigation.account(visit.accountId()) + "/grants", Done.VOIDED);
    }

    private static Effect effect(AccountView account, GrantRepository.Listed grant, @Nullable Credits credits) {
        Credits most = grant.remaining().min(account.available());
        Credits amount = credits == null ? most : credits;
        if (!amount.isPositive() || most.isLessThan(amount)) {
            throw new InvalidInput("credits", "must be no more than what is left and not held: " + most.inWords());
        }
        return Effect.taking(Effect.Figures.of(account), amount);
    }

    private AccountView account(Visit visit) {
        return Outcome.await(ledger.read(visit.accountId(), view -> view));
    }

    private GrantRepository.Listed grant(Visit visit, AccountView account) {
        UUID grantId = PublicId.GRANT.parse(visit.path("grant_id"));
        if (grantId == null) {
            throw noSuchGrant();
        }
        return grants.find(account, grantId).orElseThrow(GrantsPage::noSuchGrant);
    }

    private static RefusalException noSuchGrant() {
        return new RefusalException(Refusal.of(Refusal.Code.GRANT_NOT_FOUND, "The account has no such grant."));
    }

    private PageAnswer show(Visit visit, Fields fields, @Nullable Effect effect, @Nullable PageProblem problem) {
        AccountView account = account(visit);
        GrantRepository.Listed grant = grant(visit, account);
        return PageAnswer.of(
                problem == null ? 200 : problem.status(),
                visit.fill(taking, problem)
                        .data("profile", accounts.profile(visit.accountId()))
                        .data("grant", grant)
                        .data("most", grant.remaining().min(account.available()))
                        .data("fields", fields)
                        .data("effect", effect));
    }
}
