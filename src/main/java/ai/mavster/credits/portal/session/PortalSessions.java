package ai.mavster.credits.portal.session;

import ai.mavster.credits.Author;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.http.page.FormToken;
import ai.mavster.credits.http.page.PageRequest;
import io.vertx.core.http.Cookie;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes sessions, opens their links, and knows them by their cookies. */
@Singleton
public class PortalSessions {

    private final PortalSessionRepository repository;
    private final PortalSettings settings;
    private final Clock clock;
    private final SessionCookie cookies;

    PortalSessions(PortalSessionRepository repository, PortalSettings settings, Clock clock, SessionCookie cookies) {
        this.repository = repository;
        this.settings = settings;
        this.clock = clock;
        this.cookies = cookies;
    }

    /** Where links may lead: a page's path, with its parts percent-encoded. */
    public static final String PAGE = "/billing(/[A-Za-z0-9._~%:@+-]{1,400}){0,3}";

    private static final Pattern PAGE_FORM = Pattern.compile(PAGE);

    /** The page, if a link may lead there; otherwise the other one. */
    public static String pageOr(@Nullable String page, String other) {
        return page != null && PAGE_FORM.matcher(page).matches() ? page : other;
    }

    /** A link that was made. */
    public record Link(UUID sessionId, String token, Instant expiresAt) {}

    /**
     * @param page where it leads, a path under {@code /billing}
     * @param returnUrl where its customer goes afterwards; null: nowhere
     */
    public Link create(String accountId, String page, @Nullable String returnUrl, Author author) {
        return create(accountId, page, returnUrl, author, false);
    }

    /** For an operator, who sees the page as its owner does, and changes nothing. */
    public Link createReadOnly(String accountId, String page, Author author) {
        return create(accountId, page, null, author, true);
    }

    private Link create(String accountId, String page, @Nullable String returnUrl, Author author, boolean readOnly) {
        Instant now = now();
        PortalSessionRow row = new PortalSessionRow();
        row.readOnly = readOnly;
        SessionToken link = SessionToken.generate(accountId, UuidV7.next(now));
        row.accountId = accountId;
        row.sessionId = link.sessionId();
        row.linkDigest = link.digest();
        row.linkExpiresAt = now.plus(settings.linkLasts());
        row.page = page;
        row.returnUrl = returnUrl;
        row.createdAt = now;
        row.authorId = author.id();
        row.authorName = author.name();
        repository.add(row);
        return new Link(row.sessionId, link.text(), row.linkExpiresAt);
    }

    /** A session just opened: the cookie that it goes by, and the page that its link leads to. */
    public record Opened(Cookie cookie, String page) {}

    /** Empty: it is no link, was opened before, has ended, or came too late. */
    public Optional<Opened> open(String linkText) {
        Instant now = now();
        return SessionToken.parse(linkText).flatMap(link -> {
            SessionToken cookie = SessionToken.generate(link.accountId(), link.sessionId());
            return repository
                    .open(link, cookie, now, now.plus(settings.sessionLasts()))
                    .map(row -> new Opened(cookies.of(cookie.text()), row.page));
        });
    }

    /** The session that a request belongs to. Empty: there is none, or it has ended. */
    public Optional<PortalSession> find(PageRequest request) {
        Instant now = now();
        return SessionToken.parse(request.cookie(cookies.name()))
                .flatMap(cookie -> repository
                        .open(cookie, now)
                        .map(row -> new PortalSession(
                                row.accountId,
                                row.sessionId,
                                row.returnUrl,
                                FormToken.of(cookie.secret()),
                                row.expiresAt == null ? now : row.expiresAt,
                                row.readOnly)));
    }

    /** Which of some sessions have not ended. */
    public Set<UUID> stillOpen(Collection<PortalSession> some) {
        return repository.open(some, now());
    }

    /** Ends one, if there is such a session. */
    public void end(String accountId, UUID sessionId) {
        repository.end(accountId, sessionId, now());
    }

    /** Ends all of an account, and links that were not opened yet. */
    public void endAll(String accountId) {
        repository.endAll(accountId, now());
    }

    /** Takes the cookie away. */
    public Cookie noCookie() {
        return cookies.none();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
