package ai.mavster.credits.operator;

import ai.mavster.credits.Author;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.PlainText;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.http.page.Language;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblem;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.http.page.Pages;
import ai.mavster.credits.http.page.Visitor;
import ai.mavster.credits.operator.record.OperatorAction;
import ai.mavster.credits.operator.record.OperatorActions;
import ai.mavster.credits.operator.session.OperatorSession;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request of an operator who is signed in. */
public final class Visit implements Visitor {

    private static final int LONGEST_REASON = 500;
    private static final Pattern ACCOUNT = Pattern.compile(Identifier.PATTERN);

    private final Pages pages;
    private final OperatorSession session;
    private final PageRequest request;
    private final OperatorActions actions;

    Visit(Pages pages, OperatorSession session, PageRequest request, OperatorActions actions) {
        this.pages = pages;
        this.session = session;
        this.request = request;
        this.actions = actions;
    }

    @Override
    public PageRequest request() {
        return request;
    }

    @Override
    public String formToken() {
        return session.formToken();
    }

    public OperatorSession session() {
        return session;
    }

    /** Of all that is done. */
    public Author author() {
        return session.author();
    }

    /** A part of the path. */
    public String path(String name) {
        return request.pathParam(name);
    }

    /**
     * The account that the page is about.
     *
     * @throws RefusalException if the text could be no account's id
     */
    public String accountId() {
        String accountId = path("account_id");
        if (!ACCOUNT.matcher(accountId).matches()) {
            throw new RefusalException(Refusal.of(Refusal.Code.ACCOUNT_NOT_FOUND, "There is no such account."));
        }
        return accountId;
    }

    /** Where the next page of a list begins; null: at its start. */
    public @Nullable String cursor() {
        return request.query("cursor");
    }

    /**
     * A template with what the layout needs: {@code t}, {@code assets}, {@code path}, {@code session}, {@code problem}
     * and {@code done}.
     */
    public TemplateInstance fill(Template template) {
        return fill(template, null);
    }

    /** With what was wrong in a form; the page has its fields as they were sent. */
    public TemplateInstance fill(Template template, @Nullable PageProblem problem) {
        return pages.fill(template, request, pages.english().texts(Language.UTC))
                .data("session", session)
                .data("problem", problem)
                .data("done", Done.of(request.query("done")));
    }

    /** What went wrong, in the words of these pages. */
    public PageProblem problem(RuntimeException failure) {
        return pages.problemOf(failure, pages.english());
    }

    /** Has something done, in this operator's name: it is recorded before, and is not done if it cannot be. */
    public <T> T record(OperatorAction action, OperatorActions.Deed<OperatorActions.Result<T>> deed) throws Exception {
        return actions.record(author(), action, deed);
    }

    /**
     * Why it is done: the form's field {@code reason}.
     *
     * @throws InvalidInput if there is none
     */
    public String reason() {
        String reason = request.field("reason");
        if (reason == null || !PlainText.is(reason, LONGEST_REASON)) {
            throw new InvalidInput("reason", "must be given, in one line of at most " + LONGEST_REASON + " characters");
        }
        return reason;
    }

    /** To a page, which says what was done. */
    public PageAnswer done(String path, Done done) {
        return PageAnswer.seeOther(path + "?done=" + done.id());
    }
}
