package ai.mavster.credits.operator.correction;

import ai.mavster.credits.Author;
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
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.Texts;
import ai.mavster.credits.operator.Done;
import ai.mavster.credits.operator.Navigation;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import ai.mavster.credits.operator.record.ActionKind;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Gives credits, or adjusts the account either way. */
@Singleton
class GrantPage implements OperatorPage {

    private static final String PATH = "/operator/accounts/:account_id/grants/new";
    private static final String ADJUSTMENT = "adjustment";

    private final Accounts accounts;
    private final Ledger ledger;
    private final Template template;

    GrantPage(Accounts accounts, Ledger ledger, @Location("operator/grant.html") Template template) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.template = template;
    }

    @Override
    public void register(Operator operator) {
        operator.get(PATH, visit -> show(visit, Fields.NONE, null, null));
        operator.post(PATH, this::submit);
    }

    /** What an account is decided by here. */
    private record Read(Effect.Figures figures, ZoneId zone) {

        static Read of(AccountView account) {
            if (account.closedAt() != null) {
                throw new RefusalException(Refusal.accountClosed(account.accountId(), account.closedAt()));
            }
            return new Read(Effect.Figures.of(account), account.timeZone());
        }
    }

    private PageAnswer submit(Visit visit) throws Exception {
        Fields fields = Fields.of(visit.request());
        try {
            Read read = Outcome.await(ledger.read(visit.accountId(), Read::of));
            Credits credits = fields.signedCredits();
            if (visit.request().field("confirmed") == null) {
                command(visit, "check", fields, credits, read.zone);
                return show(visit, fields.keyed(), effect(read.figures, credits), null);
            }
            post(visit, fields, command(visit, fields.idempotencyKey(), fields, credits, read.zone));
        } catch (InvalidInput | RefusalException failure) {
            return show(visit, fields, null, visit.problem(failure));
        }
        return visit.done(
                Navigation.account(visit.accountId()) + "/grants",
                fields.kind().equals(ADJUSTMENT) ? Done.ADJUSTED : Done.GRANTED);
    }

    private void post(Visit visit, Fields fields, Command<Posting> command) throws Exception {
        ActionKind kind = fields.kind().equals(ADJUSTMENT) ? ActionKind.ADJUSTED : ActionKind.GRANTED;
        Correcting.record(visit, kind, fields.idempotencyKey(), () -> Outcome.await(ledger.submit(command)));
    }

    private static Effect effect(Effect.Figures figures, Credits credits) {
        if (!credits.isNegative()) {
            return Effect.giving(figures, credits);
        }
        if (figures.available().isLessThan(credits.negated())) {
            throw new InvalidInput(
                    "credits",
                    "must take no more than what is available: "
                            + figures.available().inWords());
        }
        return Effect.taking(figures, credits.negated());
    }

    /** The same that the API would submit. */
    private static Command<Posting> command(Visit visit, String key, Fields fields, Credits credits, ZoneId zone) {
        String accountId = visit.accountId();
        Author author = visit.author();
        Texts texts = Texts.note(visit.reason());
        boolean adjusts = fields.kind().equals(ADJUSTMENT);
        if (!adjusts && !fields.kind().equals("promotional")) {
            throw new InvalidInput("kind", "must be promotional or adjustment");
        }
        if (!credits.isNegative()) {
            GrantKind kind = adjusts ? GrantKind.ADJUSTMENT : GrantKind.PROMOTIONAL;
            return new Command.Grant(accountId, key, kind, credits, null, fields.expiresAt(zone), true, texts, author);
        }
        if (!adjusts) {
            throw new InvalidInput("credits", "must be more than 0, but for an adjustment");
        }
        if (!fields.until().isEmpty()) {
            throw new InvalidInput("until", "is not for credits that are taken");
        }
        return new Correction.Withdrawal(accountId, key, null, credits.negated(), texts, author);
    }

    private PageAnswer show(Visit visit, Fields fields, @Nullable Effect effect, @Nullable PageProblem problem) {
        return PageAnswer.of(
                problem == null ? 200 : problem.status(),
                visit.fill(template, problem)
                        .data("profile", accounts.profile(visit.accountId()))
                        .data("fields", fields)
                        .data("effect", effect));
    }
}
