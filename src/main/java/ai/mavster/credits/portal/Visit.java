package ai.mavster.credits.portal;

import ai.mavster.credits.account.AccountSummary;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblem;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.http.page.Pages;
import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.http.page.Visitor;
import ai.mavster.credits.portal.session.PortalSession;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A request to a page of the session's account. */
public final class Visit implements Visitor {

    private final Pages pages;
    private final PortalSession session;
    private final AccountSummary account;
    private final PageRequest request;

    Visit(Pages pages, PortalSession session, AccountSummary account, PageRequest request) {
        this.pages = pages;
        this.session = session;
        this.account = account;
        this.request = request;
    }

    /** Whose data is shown and changed: the session's account, whatever else the request names. */
    public String accountId() {
        return session.accountId();
    }

    public PortalSession session() {
        return session;
    }

    /** As it was when the request came. */
    public AccountSummary account() {
        return account;
    }

    @Override
    public PageRequest request() {
        return request;
    }

    @Override
    public String formToken() {
        return session.formToken();
    }

    /** In the reader's language, with dates in the account's zone. */
    public Texts texts() {
        return request.language().texts(ZoneId.of(account.timeZone()));
    }

    /**
     * A template with what the layout needs: {@code t}, {@code assets}, {@code path}, {@code session}, {@code account},
     * {@code problem} and {@code done}, which is what the form before has done, as a key of the texts.
     */
    public TemplateInstance fill(Template template) {
        return fill(template, null);
    }

    /** With what was wrong in a form; the page has its fields as they were sent. */
    public TemplateInstance fill(Template template, @Nullable PageProblem problem) {
        String done = request.query("done");
        Texts texts = texts();
        return pages.fill(template, request, texts)
                .data("session", session)
                .data("account", account)
                .data("problem", problem)
                .data("done", done != null && texts.has("done." + done) ? "done." + done : null);
    }

    public PageAnswer answer(TemplateInstance page) {
        return PageAnswer.of(page);
    }

    /** To a page, which says what was done: {@code done.<what>} among the texts. */
    public PageAnswer done(String path, String what) {
        return PageAnswer.seeOther(path + "?done=" + what);
    }
}
