package ai.mavster.credits.operator.account;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.account.AccountSummary;
import ai.mavster.credits.account.Accounts;
import ai.mavster.credits.budget.BudgetView;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.statement.PostingAnswer;
import ai.mavster.credits.ledger.statement.PostingFilter;
import ai.mavster.credits.ledger.statement.Postings;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import ai.mavster.credits.operator.record.ActionKind;
import ai.mavster.credits.operator.record.OperatorAction;
import ai.mavster.credits.operator.record.OperatorActions.Result;
import ai.mavster.credits.portal.session.PortalSessions;
import ai.mavster.credits.portal.session.SignIn;
import ai.mavster.credits.recharge.AutoRecharge;
import ai.mavster.credits.run.record.PastRefusal;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunRepository;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateData;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** An account at a glance: what it has, what stands in the way, and what was charged and refused last. */
@Singleton
class AccountPage implements OperatorPage {

    private static final String PATH = "/operator/accounts/:account_id";

    /** How many postings are shown here. */
    private static final int POSTINGS = 10;

    /** Of how many runs refusals are shown, and how many. */
    private static final int RUNS = 20;

    private static final int REFUSALS = 10;

    private final Accounts accounts;
    private final Ledger ledger;
    private final Postings postings;
    private final RunRepository runs;
    private final PortalSessions sessions;
    private final Template template;

    AccountPage(
            Accounts accounts,
            Ledger ledger,
            Postings postings,
            RunRepository runs,
            PortalSessions sessions,
            @Location("operator/account.html") Template template) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.postings = postings;
        this.runs = runs;
        this.sessions = sessions;
        this.template = template;
    }

    @Override
    public void register(Operator operator) {
        operator.get(PATH, this::show);
        operator.post(PATH + "/view", this::view);
    }

    /** One question, so that all figures are of one moment. */
    private record Read(AccountSummary account, List<BudgetView> budgets, AutoRecharge autoRecharge) {

        static Read of(AccountView account) {
            return new Read(AccountSummary.of(account), BudgetView.of(account), AutoRecharge.of(account));
        }
    }

    /** A 402 that a run got. */
    @TemplateData
    public record Refused(String runId, PastRefusal refusal) {}

    private PageAnswer show(Visit visit) {
        String accountId = visit.accountId();
        Read read = Outcome.await(ledger.read(accountId, Read::of));
        return PageAnswer.of(visit.fill(template)
                .data("profile", accounts.profile(accountId))
                .data("account", read.account)
                .data("budgets", read.budgets)
                .data("recharge", read.autoRecharge)
                .data("postings", latest(accountId))
                .data("refused", refused(read.account)));
    }

    private List<PostingAnswer> latest(String accountId) {
        PostingFilter all =
                new PostingFilter(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null);
        return QuarkusTransaction.requiringNew()
                .call(() -> postings.newestFirst(accountId, all, null, POSTINGS).postings());
    }

    private List<Refused> refused(AccountSummary account) {
        RunRepository.Filter all = new RunRepository.Filter(null, null, null, null, null, null, null);
        List<Refused> refused = new ArrayList<>();
        QuarkusTransaction.requiringNew()
                .call(() -> runs.list(account.accountId(), account.asOf(), all, RUNS))
                .runs()
                .stream()
                .map(both -> both.run())
                .forEach(run -> refused.addAll(refusals(run)));
        return refused.stream()
                .sorted((one, other) -> other.refusal.at().compareTo(one.refusal.at()))
                .limit(REFUSALS)
                .toList();
    }

    private static List<Refused> refusals(Run run) {
        List<PastRefusal> known = run.refusals().latest();
        return known.isEmpty() && run.reason() != null
                ? List.of(
                        new Refused(run.runId(), new PastRefusal(run.reason(), run.estimated(), null, run.startedAt())))
                : known.stream()
                        .map(refusal -> new Refused(run.runId(), refusal))
                        .toList();
    }

    /** A session of its own, which can change nothing; whose it is, its row says. */
    private PageAnswer view(Visit visit) throws Exception {
        String accountId = visit.accountId();
        Outcome.await(ledger.read(accountId, AccountView::accountId));
        PortalSessions.Link link =
                visit.record(OperatorAction.of(ActionKind.VIEWED_AS_OWNER).account(accountId), () -> {
                    PortalSessions.Link made = sessions.createReadOnly(accountId, "/billing", visit.author());
                    return Result.target(made, made.sessionId().toString());
                });
        return PageAnswer.seeOther(SignIn.LINKS + link.token());
    }
}
