package ai.mavster.credits.portal;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.account.AccountSummary;
import ai.mavster.credits.http.log.RequestLog;
import ai.mavster.credits.http.page.Door;
import ai.mavster.credits.http.page.Language;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblems;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.http.page.Pages;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.portal.session.PortalSession;
import ai.mavster.credits.portal.session.PortalSessions;
import ai.mavster.credits.portal.session.SignIn;
import io.quarkus.arc.All;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * The one door to the pages of accounts: a visitor without a session is sent to the sign-in, and a form without its
 * token changes nothing.
 */
@Singleton
public class Portal implements Door.Entrance<Visit> {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final Pages pages;
    private final PortalSessions sessions;
    private final SignIn signIn;
    private final Ledger ledger;
    private final RequestLog log;
    private final Template missing;
    private final List<PortalPage> features;
    private final Door<Visit> door;

    Portal(
            Pages pages,
            PortalSessions sessions,
            SignIn signIn,
            Ledger ledger,
            RequestLog log,
            @Location("portal/missing.html") Template missing,
            @All List<PortalPage> features) {
        this.pages = pages;
        this.sessions = sessions;
        this.signIn = signIn;
        this.ledger = ledger;
        this.log = log;
        this.missing = missing;
        this.features = features;
        this.door = new Door<>(pages, this);
    }

    void register(@Observes Router router) {
        door.open(router);
        signIn.register(router);
        features.forEach(feature -> feature.register(this));
        pages.get(router, "/billing/*", this::missing);
    }

    private PageAnswer missing(PageRequest request) {
        return PageAnswer.of(
                NOT_FOUND, pages.fill(missing, request, request.language().texts(Language.UTC)));
    }

    /** A page, which changes nothing. */
    public void get(String path, Door.Page<Visit> page) {
        door.get(path, page);
    }

    /** What a form changes. Its token is checked before, and that it is the owner's session. */
    public void post(String path, Door.Page<Visit> action) {
        door.post(path, visit -> visit.session().readOnly() ? readOnly(visit) : action.answer(visit));
    }

    /** What a form does that changes nothing of the account: an operator's session may, too. */
    public void postFromAnyone(String path, Door.Page<Visit> action) {
        door.post(path, action);
    }

    /** A stream, such as a CSV or server-sent events. Without a session it is 401. */
    public void stream(String path, Door.Stream<Visit> stream) {
        door.stream(path, stream);
    }

    /** The addresses of all pages and streams that need a session. */
    public List<String> addresses() {
        return door.addresses();
    }

    /** The addresses of all forms. */
    public List<String> forms() {
        return door.forms();
    }

    private PageAnswer readOnly(Visit visit) {
        return pages.problem(
                visit.request(),
                PageProblems.named(FORBIDDEN, "read_only", visit.request().language()));
    }

    /** Empty: there is no session, or it is another account's than the link is meant for. */
    @Override
    public Optional<Visit> visit(PageRequest request) {
        String meant = request.query("account");
        return sessions.find(request)
                .filter(session -> meant == null || meant.equals(session.accountId()))
                .map(session -> {
                    log.about(session.accountId());
                    return new Visit(pages, session, summary(session), request);
                });
    }

    @Override
    public PageAnswer signIn(PageRequest request) {
        return signIn.answer(request);
    }

    private AccountSummary summary(PortalSession session) {
        return Outcome.await(ledger.read(session.accountId(), AccountSummary::of));
    }
}
