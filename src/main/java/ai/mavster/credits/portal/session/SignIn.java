package ai.mavster.credits.portal.session;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.http.page.Language;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblems;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.http.page.Pages;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a session begins: by its link, or, without one, at the host application. */
@Singleton
public class SignIn {

    /** Before the token of a link. */
    public static final String LINKS = "/billing/sessions/";

    private static final String OVERVIEW = "/billing";
    private static final int UNAUTHORIZED = 401;
    private static final int GONE = 410;
    private static final Pattern ACCOUNT = Pattern.compile(Identifier.PATTERN);

    private final PortalSessions sessions;
    private final HostApplication application;
    private final Pages pages;
    private final Template opening;

    SignIn(
            PortalSessions sessions,
            HostApplication application,
            Pages pages,
            @Location("portal/opening.html") Template opening) {
        this.sessions = sessions;
        this.application = application;
        this.pages = pages;
        this.opening = opening;
    }

    /** Before the pages, one of which answers for all addresses that are left. */
    public void register(Router router) {
        pages.get(router, LINKS + ":token", this::show);
        pages.post(router, LINKS + ":token", this::open);
    }

    /** A GET opens nothing: previews of links in mails and chats would use them up. */
    private PageAnswer show(PageRequest request) {
        return PageAnswer.of(pages.fill(opening, request, request.language().texts(Language.UTC)));
    }

    private PageAnswer open(PageRequest request) {
        return sessions.open(request.pathParam("token"))
                .map(opened -> PageAnswer.seeOther(opened.page()).with(opened.cookie()))
                .orElseGet(() -> pages.problem(request, PageProblems.named(GONE, "link_used", request.language())));
    }

    /** Without a session: to the host application, which knows its customers; or a page that says so. */
    public PageAnswer answer(PageRequest request) {
        return application
                .signInUrl()
                .map(url -> PageAnswer.seeOther(url + (url.getQuery() == null ? "?" : "&") + query(request)))
                .orElseGet(() ->
                        pages.problem(request, PageProblems.named(UNAUTHORIZED, "no_session", request.language())));
    }

    private static String query(PageRequest request) {
        String path = "path=" + URLEncoder.encode(page(request), StandardCharsets.UTF_8);
        return Optional.ofNullable(request.query("account"))
                .filter(account -> ACCOUNT.matcher(account).matches())
                .map(account -> "account=" + URLEncoder.encode(account, StandardCharsets.UTF_8) + "&" + path)
                .orElse(path);
    }

    /** Where to go on afterwards: a form that was sent too late is begun anew. */
    private static String page(PageRequest request) {
        boolean shown = request.context().request().method().equals(HttpMethod.GET);
        return shown ? PortalSessions.pageOr(request.path(), OVERVIEW) : OVERVIEW;
    }
}
