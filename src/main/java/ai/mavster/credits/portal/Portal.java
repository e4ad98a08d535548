package ai.mavster.credits.portal;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.account.AccountSummary;
import ai.mavster.credits.http.page.FormToken;
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
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one door to the pages of accounts: whoever comes without a session is sent to the sign-in, and a form without its
 * token changes nothing.
 */
@Singleton
public class Portal {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final Pages pages;
    private final PortalSessions sessions;
    private final SignIn signIn;
    private final Ledger ledger;
    private final Template missing;
    private final List<PortalPage> features;
    private final List<String> forms = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private @Nullable Router router;

    Portal(
            Pages pages,
            PortalSessions sessions,
            SignIn signIn,
            Ledger ledger,
            @Location("portal/missing.html") Template missing,
            @All List<PortalPage> features) {
        this.pages = pages;
        this.sessions = sessions;
        this.signIn = signIn;
        this.ledger = ledger;
        this.missing = missing;
        this.features = features;
    }

    /** A page of the session's account. */
    @FunctionalInterface
    public interface Page {
        PageAnswer answer(Visit visit) throws Exception;
    }

    /** An answer that is streamed. */
    @FunctionalInterface
    public interface Stream {
        void begin(Visit visit, HttpServerResponse response) throws Exception;
    }

    void register(@Observes Router startedRouter) {
        router = startedRouter;
        signIn.register(startedRouter);
        features.forEach(feature -> feature.register(this));
        pages.get(startedRouter, "/billing/*", this::missing);
    }

    private PageAnswer missing(PageRequest request) {
        return PageAnswer.of(
                NOT_FOUND, pages.fill(missing, request, request.language().texts(Language.UTC)));
    }

    /** A page, which changes nothing. */
    public void get(String path, Page page) {
        addresses.add(path);
        pages.get(
                router(),
                path,
                request -> visit(request).map(visit -> answer(page, visit)).orElseGet(() -> signIn.answer(request)));
    }

    /** What a form changes. Its field {@link FormToken#FIELD} is checked before. */
    public void post(String path, Page action) {
        forms.add(path);
        pages.post(
                router(),
                path,
                request -> visit(request).map(visit -> submit(action, visit)).orElseGet(() -> signIn.answer(request)));
    }

    /** A stream, such as a CSV or server-sent events. Without a session it is 401. */
    public void stream(String path, Stream stream) {
        addresses.add(path);
        pages.stream(router(), path, (request, response) -> {
            Optional<Visit> visit = visit(request);
            if (visit.isPresent()) {
                stream.begin(visit.get(), response);
            } else {
                response.setStatusCode(401).end();
            }
        });
    }

    /** The addresses of all pages and streams that need a session. */
    public List<String> addresses() {
        return List.copyOf(addresses);
    }

    /** The addresses of all forms. */
    public List<String> forms() {
        return List.copyOf(forms);
    }

    private Router router() {
        if (router == null) {
            throw new IllegalStateException("Pages are registered when the service starts");
        }
        return router;
    }

    private PageAnswer submit(Page action, Visit visit) {
        String token = visit.request().field(FormToken.FIELD);
        if (!FormToken.same(visit.session().formToken(), token)) {
            return pages.problem(
                    visit.request(),
                    PageProblems.named(
                            FORBIDDEN, "foreign_form", visit.request().language()));
        }
        return answer(action, visit);
    }

    private static PageAnswer answer(Page page, Visit visit) {
        try {
            return page.answer(visit);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Empty: there is no session, or it is another account's than the link is meant for. */
    private Optional<Visit> visit(PageRequest request) {
        String meant = request.query("account");
        return sessions.find(request)
                .filter(session -> meant == null || meant.equals(session.accountId()))
                .map(session -> new Visit(pages, session, summary(session), request));
    }

    private AccountSummary summary(PortalSession session) {
        return Outcome.await(ledger.read(session.accountId(), AccountSummary::of));
    }
}
