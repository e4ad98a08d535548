package ai.mavster.credits.portal.demo;

import ai.mavster.credits.Author;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.page.Language;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblems;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.http.page.Pages;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.portal.session.PortalSessions;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateData;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Leads to the pages of the demo's accounts. */
@Singleton
class DemoPage {

    private static final int FORBIDDEN = 403;
    private static final List<String> ACCOUNTS = List.of("demo", "demo-above-cap", "demo-canceled");
    private static final Author AUTHOR = new Author(Author.Type.JOB, "demo", "Demo");

    /**
     * An account that is offered.
     *
     * @param key of what is said of it, among the texts
     */
    @TemplateData
    public record Choice(String accountId, String key) {}

    private final Pages pages;
    private final PortalSessions sessions;
    private final Ledger ledger;
    private final Template template;
    private final boolean demo;
    private final boolean anyAccount;

    DemoPage(
            Pages pages,
            PortalSessions sessions,
            Ledger ledger,
            @Location("portal/demo.html") Template template,
            @ConfigProperty(name = "credits.demo") boolean demo,
            @ConfigProperty(name = "credits.demo.any-account", defaultValue = "false") boolean anyAccount) {
        this.pages = pages;
        this.sessions = sessions;
        this.ledger = ledger;
        this.template = template;
        this.demo = demo;
        this.anyAccount = anyAccount;
    }

    void register(@Observes Router router) {
        if (demo) {
            pages.get(router, "/", this::show);
            pages.post(router, "/demo/sessions", this::open);
        }
    }

    private PageAnswer show(PageRequest request) {
        List<Choice> choices = new ArrayList<>();
        String meant = request.query("account");
        if (anyAccount && meant != null && !ACCOUNTS.contains(meant)) {
            choices.add(new Choice(meant, "demo.meant"));
        }
        ACCOUNTS.forEach(accountId -> choices.add(new Choice(accountId, "demo.account." + accountId)));
        return PageAnswer.of(pages.fill(template, request, request.language().texts(Language.UTC))
                .data("choices", choices)
                .data("page", PortalSessions.pageOr(request.query("path"), "/billing")));
    }

    private PageAnswer open(PageRequest request) {
        String accountId = request.field("account");
        if (!isOfThisPage(request) || accountId == null || !(anyAccount || ACCOUNTS.contains(accountId))) {
            return pages.problem(request, PageProblems.named(FORBIDDEN, "foreign_form", request.language()));
        }
        Outcome.await(ledger.read(accountId, AccountView::asOf));
        String page = PortalSessions.pageOr(request.field("path"), "/billing");
        return sessions.open(sessions.create(accountId, page, null, AUTHOR).token())
                .map(opened -> PageAnswer.seeOther(opened.page()).with(opened.cookie()))
                .orElseThrow();
    }

    /** There is no session whose token it could carry: browsers say where a form was sent from. */
    private static boolean isOfThisPage(PageRequest request) {
        @Nullable String from = request.context().request().getHeader("Sec-Fetch-Site");
        return from == null || from.equals("same-origin");
    }
}
